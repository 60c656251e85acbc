"""Guardians who have no account yet: one person in two lines is one."""

import pytest

from accounts.models import User

from .rosters import ANNE, LINA, bring, guardian

pytestmark = pytest.mark.django_db


def test_homonyms_among_the_guardians_are_two_and_have_two_identifiants():
    other = guardian(last_name="MARTIN", first_name="Anne", email="autre@famille.example")
    bring(LINA | ANNE, LINA | {"Numéro d’élève": "E0002"} | other)

    assert set(User.objects.values_list("username", flat=True)) == {"anne.martin", "anne.martin2"}


@pytest.mark.parametrize("town", [{}, {"postcode": "92330", "city": "SCEAUX"}], ids=["nothing", "a town"])
def test_without_a_way_to_reach_them_two_of_the_same_name_are_two(town):
    anne = guardian(last_name="MARTIN", first_name="Anne", **town)
    bring(LINA | anne, LINA | {"Numéro d’élève": "E0002"} | anne)

    assert User.objects.count() == 2


@pytest.mark.parametrize("writing", ["0699000001", "+33 6 99 00 00 01", "0033 6 99 00 00 01"])
def test_a_telephone_is_the_same_in_any_writing(writing):
    anne = {"last_name": "MARTIN", "first_name": "Anne"}
    bring(
        LINA | guardian(**anne, phone="06 99 00 00 01"),
        LINA | {"Numéro d’élève": "E0002"} | guardian(**anne, phone=writing),
    )

    assert User.objects.count() == 1


def test_two_parents_who_share_an_address_are_two():
    paul = guardian(2, last_name="MARTIN", first_name="Paul", email="anne@famille.example")
    bring(LINA | ANNE | paul)

    assert User.objects.count() == 2
