"""A new child who is like another one is shown."""

from itertools import permutations

import pytest

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user

from .nguyens import EMAIL, alike, line
from .rosters import ANNE, BIRTH, bring, guardian

pytestmark = pytest.mark.django_db


def test_a_number_that_lost_its_zero(zoe):
    """admin.md 40: child, guardian and account were made again, 160 € for one child, not a word."""
    made = bring(line(**{"Numéro d’élève": "123458"}) | guardian(last_name="FAUVEL", first_name="Eve"))

    [(row, name, told)] = made.likenesses
    assert (row, name) == (2, "Zoé FAUVEL")
    assert told == (
        "ressemble à Zoé FAUVEL (numéro 0123458)\N{NO-BREAK SPACE}: le même numéro, à des zéros près"
    )
    assert made.told == "1 créé, 0 modifié, 0 inchangé, 0 refusé, 1 ressemblance"
    # Shown, and never acted upon.
    assert Beneficiary.objects.count() == 2


@pytest.mark.parametrize(
    "said",
    [{}, {"Nom": "ZOE", "Prénom": "Fauvel"}, {"Nom": "Fauvel", "Prénom": "ZOÉ"}],
    ids=["same", "swapped", "capitals"],
)
def test_the_same_name_and_year_and_college_under_another_number(zoe, said):
    """admin.md 40 (Lucien), cases 15: « 1 créé », not a word."""
    [told] = alike(line(**{"Numéro d’élève": "E0009"}, **said) | ANNE)

    assert told.endswith("(numéro 0123458)\N{NO-BREAK SPACE}: même nom, même année, même collège")


def test_or_a_guardian_of_the_same_name(zoe):
    """Who moved has another number and another collège."""
    moved = {"Numéro d’élève": "E0009", "UAI": "0920009Z"}
    [told] = alike(line(**moved) | ANNE)

    assert "un responsable du même nom" in told
    assert alike(line(**moved) | guardian(last_name="LEROY", first_name="Luc", **EMAIL)) == []


def test_in_the_order_of_the_line(zoe):
    """What an agent read is compared with what is found the next day, by another process."""
    others = [
        make_user(first_name=name, last_name="Roy") for name in ("Ada", "Bea", "Cyd", "Dan", "Eli", "Fay")
    ]
    children = {
        other.first_name: make_beneficiary(
            other, first_name="Zoé", last_name="Fauvel", birth_year=BIRTH, pupil_number=f"N{other.pk}"
        )
        for other in others
    }
    for first, second in permutations(children, 2):
        both = guardian(first_name=first, last_name="ROY", email="f@famille.example") | guardian(
            2, first_name=second, last_name="ROY", email="s@famille.example"
        )
        told = alike(line(**{"Numéro d’élève": "E0009", "UAI": "0920009Z"}) | both)

        for name, shown in zip((first, second), told, strict=True):
            assert children[name].pupil_number in shown


@pytest.mark.parametrize(
    "said", [{"Naissance": str(BIRTH - 1)}, {"Prénom": "Léo"}, {"Numéro d’élève": "0123458"}]
)
def test_who_is_not_like_anybody(zoe, said):
    """Another year, a brother, herself."""
    assert alike(line(**({"Numéro d’élève": "E0009"} | said)) | ANNE) == []


def test_two_lines_of_one_file():
    """cases/eleves-zero-de-tete-perdu-enfant-double.csv"""
    first = line(**{"Numéro d’élève": "0123458"}) | ANNE
    [told] = alike(first, first | {"Numéro d’élève": "123458"})

    assert "(numéro 0123458, ligne 2)" in told
