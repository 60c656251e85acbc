"""The address stands in the window, and everything has room."""

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings

from accounts import links
from accounts.links import Channel
from accounts.models import School
from accounts.tests.factories import make_beneficiary, make_user

from .printed import HOME, MM, in_the_window, ink_outside, letter_to, place_of, words_in

pytestmark = pytest.mark.django_db


def test_the_window_shows_the_address_and_nothing_else():
    parent = make_user(first_name="Camille", last_name="DURAND", **HOME)
    make_beneficiary(parent)
    _, document = letter_to(parent)

    shown = "Camille DURAND 12 avenue de la Division-Leclerc 92160 ANTONY"
    assert in_the_window(document) == shown
    # And all of it, however far the sheet slides.
    assert words_in(document, 100, 51, 190, 80) == shown


def test_the_square_is_the_link_and_a_telephone_reads_it():
    user, document = letter_to(make_user("camille"))
    scale = 3
    page = pypdfium2.PdfDocument(document)[0].render(scale=scale).to_pil()
    [found] = zxingcpp.read_barcodes(page)

    assert found.text == f"{settings.SITE_URL}{links.access_path(user, Channel.HAND)}"
    width = found.position.top_right.x - found.position.top_left.x
    assert width / scale / MM >= 25


def test_the_longest_names_and_addresses_stay_where_they_belong():
    School.objects.create(uai="0920001X", name="Collège de la Démonstration " * 4, insee_code="92002")
    parent = make_user(
        "a" * 60,
        first_name=("Maximilien-Alexandre " * 8)[:150],
        last_name="M" * 150,
        address=("Résidence des Peupliers " * 5)[:120],
        postcode="92350",
        city=("LE PLESSIS-ROBINSON " * 3)[:60],
    )
    for _ in range(6):
        make_beneficiary(parent, first_name="W" * 60, last_name="W" * 60)
    _, document = letter_to(parent)

    assert len(pypdfium2.PdfDocument(document)) == 1
    assert "92350 LE PLESSIS-ROBINSON" in words_in(document, 100, 51, 190, 85)
    assert place_of(document, "Ne donnez ce code à personne")[1] < place_of(document, "Une question")[0]
    assert place_of(document, settings.BRAND["help_phone"])[1] < 290
    # What is too long is cut off: on the sheet as one sees it, all ink is where it belongs.
    sender, address, letter = (19, 14, 91, 88), (104, 44, 191, 86), (19, 92, 191, 290)
    assert ink_outside(document, [sender, address, letter]) == 0
    # The control.
    assert ink_outside(document, [sender, address]) > 0
