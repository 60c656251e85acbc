"""Whatever page there was is where it was: letters, e-mails, QR codes and bookmarks hold their addresses."""

from pathlib import Path

import pytest
from django.urls import resolve

from passplus.tests.attacks.routes import every_route

pytestmark = pytest.mark.any_database

LISTED = (Path(__file__).parent / "addresses.txt").read_text().splitlines()[1:]
# Where only the button of a page led, which has another one now.
GONE = {"mon-compte/rappels/"}
# Their pages have another name, and the old ones lead there (backoffice.site.moved).
MOVED = ("admin/passplus/import/", "admin/passplus/outgoingmail/")


@pytest.mark.parametrize("address", sorted({*LISTED} - GONE))
def test_it_is_still_there(address):
    if address.startswith(MOVED):
        assert resolve(f"/{address}").func.__name__ == "moved"
    else:
        assert address in every_route()


def test_the_list_is_whole():
    assert len({*LISTED}) == 204
    assert "T/<str:code>/" in LISTED
