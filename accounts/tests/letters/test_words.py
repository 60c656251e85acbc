"""What a letter says, and to whom."""

import io

import pytest
from django.conf import settings
from pypdf import PdfReader

from accounts import links
from accounts.links import Channel
from accounts.models import Grade
from accounts.tests.factories import make_beneficiary, make_user
from core import codes
from core.formats import jour

from .printed import HOME, in_the_window, letter_to, texts_of

pytestmark = pytest.mark.django_db


def test_a_guardian_reads_all_that_it_takes():
    parent = make_user("camille", first_name="Camille", last_name="DURAND", email="", **HOME)
    make_beneficiary(parent, first_name="Garance", grade=Grade.CINQUIEME)
    make_beneficiary(parent, first_name="Lucien", grade=Grade.SIXIEME)
    user, document = letter_to(parent)
    [text] = texts_of(document)

    for words in (
        settings.BRAND["name"],
        "Madame, Monsieur,",
        "Il sert à Lucien et à Garance.",
        "camille",
        codes.show_code(links.access_code(user, Channel.HAND)),
        f"Valable jusqu’au {' '.join(jour(links.last_day(user)).split())}",
        "pass.example",
        "Activez votre compte",
        settings.BRAND["help_phone"],
    ):
        assert words in text


def test_a_child_is_written_to_by_its_name_where_its_first_guardian_lives():
    first, second = make_user(**HOME), make_user(address="5 rue Neuve", postcode="92350", city="CHÂTILLON")
    child = make_beneficiary(
        first, second, first_name="Garance", last_name="DURAND", user=make_user("garance")
    )
    _, document = letter_to(child.user)
    [text] = texts_of(document)

    assert in_the_window(document) == "Garance DURAND 12 avenue de la Division-Leclerc 92160 ANTONY"
    assert "Bonjour Garance," in text
    assert "Il sert à" not in text


def test_or_where_the_second_lives_if_the_first_said_nothing():
    child = make_beneficiary(make_user(), make_user(**HOME), user=make_user("garance"))

    assert "92160 ANTONY" in in_the_window(letter_to(child.user)[1])


def test_without_an_address_the_school_still_finds_whom_it_is_for():
    parent = make_user(first_name="Camille", last_name="DURAND")
    make_beneficiary(parent, first_name="Garance", last_name="TEST", grade=Grade.CINQUIEME)
    _, document = letter_to(parent)

    assert in_the_window(document) == "Camille DURAND"
    assert "Collège 5e, TEST Garance" in texts_of(document)[0]


def test_without_children_it_is_a_letter_all_the_same():
    assert "Voici de quoi ouvrir votre compte. Votre identifiant" in texts_of(letter_to(make_user())[1])[0]


def test_it_is_tagged_for_screen_readers_in_french():
    reader = PdfReader(io.BytesIO(letter_to(make_user())[1]))

    assert reader.root_object["/Lang"] == "fr"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in reader.root_object["/Metadata"].get_data().decode()
    assert reader.metadata.title == "Lettre d’accès Pass+"


def test_names_are_text_and_never_markup():
    parent = make_user(first_name="<b>&amp;</b>", address="<img src='file:///etc/hostname'>", city="ANTONY")
    make_beneficiary(parent, first_name="<b>&amp;</b>")
    [text] = texts_of(letter_to(parent)[1])

    assert text.count("<b>&amp;</b>") == 3
    assert "<img src='file:///etc/hostname'>" in text
