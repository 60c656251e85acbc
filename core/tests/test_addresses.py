"""What can be written to, and what only looks like an address."""

import pytest

from core.addresses import can_be_written_to


@pytest.mark.parametrize(
    "address", ["a.b+c@famille.example", "d'o@famille.example", "A@FAMILLE.example", "x@école.example"]
)
def test_it_can(address):
    assert can_be_written_to(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "néant", "a@b", "a@famille.example, b@famille.example", "Nom <a@famille.example>"),
        *('"a<b>"@famille.example', '"a,b"@famille.example', '"a b"@famille.example', "é@famille.example"),
        "a@famille.example\nBcc: b@famille.example",
    ],
)
def test_it_cannot(address):
    """cases 37: what Django takes between quotes, the outbox reads as a name or as two addresses."""
    assert not can_be_written_to(address)
