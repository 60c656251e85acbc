"""An e-mail address that is written plainly is read in one step, and no otherwise than the others."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core import addresses
from core.addresses import PLAIN, address_in

WORDS = st.lists(st.text("abZ059", min_size=1, max_size=6), min_size=1, max_size=4)
NAMES = st.builds(str.join, st.sampled_from("._+-"), WORDS)
# A longer one goes the long way.
LONGEST = 60
DOMAINS = st.builds(str.join, st.sampled_from(".-"), WORDS)


@given(NAMES, DOMAINS, st.sampled_from(["fr", "example", "Org"]))
def test_as_the_long_way_reads_it(name, domain, last):
    text = f"{name}@{domain}.{last}"
    assume(len(text) <= LONGEST)

    assert PLAIN.fullmatch(text)
    assert address_in(text) == (text, True)
    assert addresses.can_be_written_to(text)


@pytest.mark.parametrize(
    "text",
    [
        "a@x",
        "a@x.f",
        ".a@x.fr",
        "a@-x.fr",
        "a@x-.fr",
        "a@x.fr\n",
        " a@x.fr",
        "a@x.fr,b@x.fr",
        "é@x.fr",
        "a@é.fr",
    ],
)
def test_what_is_not_plain_goes_the_long_way(text):
    assert not PLAIN.fullmatch(text)
