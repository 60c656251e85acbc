"""A new guardian who is like another one is shown."""

import pytest

from accounts.models import User
from accounts.tests.factories import make_user

from .nguyens import EMAIL, PAUL, alike
from .rosters import ANNE, LINA, bring, guardian

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said",
    [
        {"last_name": "Paul", "first_name": "NGUYEN"},
        {"last_name": "M. NGUYEN", "first_name": "Paul"},
        {"last_name": "NGUYEN", "first_name": "Paul Henri"},
        {"last_name": "NGUYEN", "first_name": "Paul-Henri"},
        {"last_name": "NGUYEN DURAND", "first_name": "Paul"},
        {"last_name": "DURAND", "first_name": "Paul"},
    ],
)
def test_one_father_in_several_writings(said):
    """admin.md 45: four accounts with four identifiants for one father, no note."""
    make_user("paul.nguyen", first_name="Paul", last_name="Nguyen", **EMAIL)
    made = bring(LINA | guardian(**said, **EMAIL))

    [(_, _, told)] = made.likenesses
    assert told.endswith("ressemble à paul.nguyen (Paul Nguyen), même adresse e-mail")
    assert User.objects.count() == 2


def test_in_one_file():
    """cases/responsables-nom-et-prenom-inverses-comptes-doubles.csv"""
    told = alike(
        LINA | guardian(**PAUL, **EMAIL),
        LINA | {"Numéro d’élève": "E0002", "Prénom": "Lan"} | guardian(**PAUL, **EMAIL),
        LINA
        | {"Numéro d’élève": "E0003", "Prénom": "Mai"}
        | guardian(last_name="Paul", first_name="NGUYEN", **EMAIL),
    )

    assert told == ["NGUYEN Paul ressemble à Paul NGUYEN de la ligne 2, même adresse e-mail"]


@pytest.mark.parametrize(
    "shared", [{"phone": "06 99 00 00 01"}, {"address": "1 rue du Bac", "postcode": "92160"}]
)
def test_who_would_have_been_linked_by_an_address_or_a_telephone_is_shown(shared):
    """code.md 3.1: no proof, but worth a look."""
    make_user("paul.nguyen", first_name="Paul", last_name="Nguyen", email="", **shared)

    [told] = alike(LINA | guardian(**PAUL, **shared))
    assert "ressemble à paul.nguyen (Paul Nguyen), même" in told


def test_a_couple_that_shares_everything_is_two_and_nobody_is_asked():
    anne, paul = (
        guardian(place, last_name="NGUYEN", first_name=name, phone="0699000001", **EMAIL)
        for place, name in ((1, "Anne"), (2, "Paul"))
    )

    assert alike(LINA | anne | paul) == []


def test_a_second_guardian_who_is_the_first_one_swapped():
    bring(LINA | ANNE)
    [told] = alike(LINA | guardian(2, last_name="Anne", first_name="MARTIN"))

    assert "ressemble à anne.martin (Anne MARTIN), responsable du même enfant" in told


def test_homonyms_who_share_nothing_are_not_shown():
    make_user("paul.nguyen", first_name="Paul", last_name="Nguyen")

    assert alike(LINA | guardian(**PAUL, **EMAIL)) == []
