"""Who is like somebody else is shown before anybody is created, and nothing is made of it."""

import pytest
from django.utils import timezone

from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.imports.roster.like_children import SHOWN
from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA, bring, guardian, outcome, plan

pytestmark = pytest.mark.django_db
PAUL = {"last_name": "NGUYEN", "first_name": "Paul"}
EMAIL = {"email": "paul.n@famille.example"}


@pytest.fixture
def zoe():
    """Who is there."""
    return make_beneficiary(
        make_user("anne", first_name="Anne", last_name="MARTIN", email=""),
        pupil_number="0123458",
        first_name="Zoé",
        last_name="FAUVEL",
        birth_year=BIRTH,
        insee_code="92071",
    )


def line(**said):
    return LINA | {"Nom": "FAUVEL", "Prénom": "Zoé"} | said


def alike(*lines):
    return [told for _, _, told in plan(*lines).likenesses]


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


# --- Guardians --------------------------------------------------------------------------------


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


# --- What is not changed ----------------------------------------------------------------------


def test_a_new_address_or_telephone_of_a_known_guardian_is_said():
    """admin.md 45: dropped, neither « modifié » nor « À savoir »."""
    make_beneficiary(
        make_user("anne", first_name="Anne", last_name="MARTIN", email_confirmed_at=timezone.now(), phone=""),
        pupil_number="E0001",
        first_name="Lina",
        last_name="MARTIN",
        birth_year=BIRTH,
        insee_code="92071",
    )
    said = guardian(last_name="MARTIN", first_name="Anne", email="neuve@famille.example", phone="0699000001")
    made = plan(LINA | said)

    email, phone = [told for _, told in made.notes]
    assert "Du compte anne (Anne MARTIN), l’adresse e-mail est anne@famille.example" in email
    assert "le fichier dit neuve@famille.example. Rien n’est changé." in email
    assert (
        "le téléphone est vide\N{NO-BREAK SPACE}; le fichier dit 06 99 00 00 01. Rien n’est changé." in phone
    )
    assert plan(LINA | guardian(last_name="MARTIN", first_name="Anne")).notes == []


def test_every_likeness_is_in_the_report(monkeypatch, zoe):
    monkeypatch.setattr("backoffice.imports.plans.SHOWN", 1)
    lines = [line(**{"Numéro d’élève": f"E{number:04}"}) | ANNE for number in range(3)]

    report = plan(*lines).report()
    # Each with those before it, and with the one who is there.
    assert len(report["likenesses"]) == 1 + 2 + 3
    assert outcome(plan(*lines))[0] == 3


def test_a_file_whose_lines_are_all_alike_is_told_of_by_a_few(zoe):
    lines = [line(**{"Numéro d’élève": f"E{number:04}"}) | ANNE for number in range(30)]

    assert len(plan(*lines).likenesses) == 1 + 2 + 28 * SHOWN
