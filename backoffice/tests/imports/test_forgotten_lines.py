"""The lines of imports that name who is erased are found by the database first, then read."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from backoffice.models import Stage, Verdict
from privacy import erasure, free_texts

from .importing import make_import

pytestmark = pytest.mark.django_db
NOTED = "Le numéro E1 est celui d’un autre enfant, {}."


def forget(first_name, last_name, *said):
    """Erase the child of that name; return what is left of the lines that say so much."""
    job = make_import(stage=Stage.READY)
    for number, text in enumerate(said):
        job.lines.create(number=number, verdict=Verdict.CREATED, name="Lou", said={"notes": [text]})
    child = make_beneficiary(first_name=first_name, last_name=last_name)
    erasure.erase_child(beneficiary_id=child.pk, giving_up=Decimal(0), actor=make_user(is_staff=True))
    return [*job.lines.order_by("number").values_list("name", flat=True)]


@pytest.mark.parametrize(
    ("first_name", "last_name", "written"),
    [
        ("Zoé", "ZWYCK", "Zoé ZWYCK"),
        ("Loïc", "BENOÎT", "Loïc BENOÎT"),
        ("Loïc", "BENOÎT", "loïc benoît"),
        ("Elsa", "GROSS-ZWYCK", "GROSS-ZWYCK Elsa"),
        # No letter of ASCII.
        ("Éé", "ÈÊ", "Éé ÈÊ"),
    ],
)
def test_in_any_letters(first_name, last_name, written):
    others = NOTED.format("Paul MARTIN")

    assert forget(first_name, last_name, NOTED.format(written), others) == ["effacé", "Lou"]


def test_of_many_people_all_lines_are_read(monkeypatch):
    monkeypatch.setattr(free_texts, "MOST_NEEDLES", 0)

    assert forget("Zoé", "ZWYCK", NOTED.format("Zoé ZWYCK"), "Autre") == ["effacé", "Lou"]


def test_a_piece_of_a_name_in_a_word_is_none(monkeypatch):
    assert forget("Zoé", "ZWYCK", "Zwyckerei") == ["Lou"]
