"""A child is known by its number: it comes in, and its class changes."""

import pytest

from accounts.models import Beneficiary, Guardianship, School, User

from .rosters import ANNE, BIRTH, LINA, PAUL, bring, guardian, outcome, plan

pytestmark = pytest.mark.django_db


def test_a_child_its_college_and_its_guardians_come_in():
    made = bring(LINA | ANNE | PAUL)

    assert outcome(made) == [1, 0, 0, 0]
    assert made.new_names == {"Collèges nouveaux": ["Descartes (0920001X)"]}
    lina = Beneficiary.objects.get(pupil_number="E0001")
    assert (lina.full_name, lina.birth_year, lina.grade, lina.insee_code) == (
        "Lina MARTIN",
        BIRTH,
        "5",
        "92071",
    )
    assert (lina.school.name, lina.school.insee_code, lina.is_enrolled) == ("Descartes", "92002", True)
    assert list(lina.guardians.order_by("username").values_list("username", "email")) == [
        ("anne.martin", "anne@famille.example"),
        ("paul.durand", "paul@famille.example"),
    ]
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_the_plan_writes_nothing():
    plan(LINA | ANNE)

    assert [model.objects.count() for model in (Beneficiary, User, School)] == [0, 0, 0]


@pytest.mark.parametrize("contact", ["email", "phone", "address", ""])
def test_the_same_file_twice_changes_nothing(contact):
    how = {"email": "anne@famille.example", "phone": "06 99 00 00 01", "address": "1 rue du Bac"}
    anne = guardian(last_name="MARTIN", first_name="Anne", **{contact: how[contact]} if contact else {})
    bring(LINA | anne)

    assert outcome(bring(LINA | anne)) == [0, 0, 1, 0]
    assert (User.objects.count(), Guardianship.objects.count()) == (1, 1)


def test_the_next_year_the_class_changes_and_the_name_of_what_does_is_told():
    bring(LINA | ANNE)
    lina = Beneficiary.objects.get()
    [change] = plan(LINA | {"Niveau": "4ème", "Commune": "antony"} | ANNE).changed
    assert change.told == (
        "niveau\N{NO-BREAK SPACE}: 5e → 4e, code INSEE de la commune\N{NO-BREAK SPACE}: 92071 → 92002"
    )

    bring(LINA | {"Niveau": "4ème", "Commune": "antony"} | ANNE)

    again = Beneficiary.objects.get()
    assert (again.pk, again.public_id, again.grade, again.insee_code) == (
        lina.pk,
        lina.public_id,
        "4",
        "92002",
    )


@pytest.mark.parametrize("writing", ["6", "6e", "6ème", "SIXIÈME"])
def test_a_level_as_schools_write_it(writing):
    bring(LINA | {"Niveau": writing} | ANNE)

    assert Beneficiary.objects.get().grade == "6"


@pytest.mark.parametrize("birth", [f"{BIRTH}", f"31/12/{BIRTH}", f"{BIRTH}-01-01"])
def test_of_a_birth_only_the_year_is_kept(birth):
    bring(LINA | {"Naissance": birth} | ANNE)

    assert Beneficiary.objects.get().birth_year == BIRTH


def test_twins_and_homonyms_are_two():
    bring(
        LINA | ANNE,
        LINA | {"Numéro d’élève": "E0002"} | ANNE,
        LINA | {"Numéro d’élève": "E0003", "Prénom": "Léo"} | ANNE,
    )

    assert Beneficiary.objects.count() == 3
    assert User.objects.get().children.count() == 3


def test_who_lives_elsewhere_and_learns_here_is_eligible_and_the_other_way_round():
    bring(
        LINA | {"Code INSEE": "75056"} | ANNE,
        LINA | {"Numéro d’élève": "E0002", "UAI": "0751234A", "Code INSEE du collège": "75056"} | ANNE,
    )

    assert set(Beneficiary.objects.values_list("insee_code", flat=True)) == {"75056", "92071"}
