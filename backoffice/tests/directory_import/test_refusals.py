"""A line that cannot be is refused with its number."""

import pytest

from .directories import HEADINGS, JUDO, plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";Antony;Judo;", "pas de nom"),
        ("CLUB;Atlantis;Judo;", "Atlantis"),
        ("CLUB;;Judo;", "vide"),
        ("CLUB;Antony;;", "aucune activité"),
        ("=1+1;Antony;Judo;", "formule"),
        ("CLUB;Antony;=cmd();", "formule"),
        (f"CLUB;Antony;{'x' * 81};", "trop longue"),
        (f"{'x' * 121};Antony;Judo;", "Nom\N{NO-BREAK SPACE}: "),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_number(line, reason):
    made = plan(f"{HEADINGS}\n{line}\nJUDO CLUB;Antony;Judo;")

    [(number, said)] = made.refused
    assert number == 2
    assert reason in said
    assert [change.partner.name for change in made.created] == ["JUDO CLUB"]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("Affilié depuis le", "l’an dernier", "n’est pas une date"),
        ("Affilié jusqu’au", "01/01/2001", "finit avant de commencer"),
    ],
)
def test_a_cell_that_cannot_be(column, cell, reason):
    text = f"Nom;Commune;Activités Sport;{column}\nCLUB;Antony;Judo;{cell}"

    [(_, said)] = plan(text).refused
    assert reason in said


def test_twice_in_one_file():
    [(number, said)] = plan(f"{JUDO}\nJudo club;antony;Karaté;").refused

    assert (number, "ligne 2" in said) == (3, True)
