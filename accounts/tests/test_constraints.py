"""What the database itself refuses."""

import pytest
from django.db.models.functions import Upper

from accounts.models import Beneficiary, Guardianship, User
from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db


def test_two_accounts_with_one_identifiant(refused_by):
    make_user("camille")
    with refused_by("accounts_user_username_is_unique"):
        User.objects.create(username="camille")


def test_an_identifiant_in_capitals(refused_by):
    make_user("camille")
    with refused_by("accounts_user_username_is_lower_case"):
        User.objects.update(username=Upper("username"))


def test_a_grade_of_another_school(refused_by):
    with refused_by("accounts_beneficiary_grade_is_known"):
        make_beneficiary(grade="2")


def test_two_children_with_one_public_id(refused_by):
    first = make_beneficiary()
    with refused_by("accounts_beneficiary_public_id_is_unique"):
        make_beneficiary(public_id=first.public_id)


def test_two_children_with_one_pupil_number(refused_by):
    make_beneficiary(pupil_number="E1")
    with refused_by("accounts_beneficiary_pupil_number_is_unique"):
        make_beneficiary(pupil_number="E1")


def test_a_child_that_is_merged_into_itself(refused_by):
    child = make_beneficiary(is_enrolled=False)
    with refused_by("accounts_beneficiary_not_merged_into_itself"):
        Beneficiary.objects.update(merged_into=child)


def test_a_child_that_is_merged_and_enrolled(refused_by):
    """A campaign that opens would grant it a second time."""
    kept = make_beneficiary()
    with refused_by("accounts_beneficiary_merged_is_not_enrolled"):
        make_beneficiary(merged_into=kept)


def test_an_account_that_is_merged_into_itself(refused_by):
    user = make_user(is_active=False)
    with refused_by("accounts_user_not_merged_into_itself"):
        User.objects.update(merged_into=user)


def test_an_account_that_is_merged_and_open(refused_by):
    kept = make_user()
    with refused_by("accounts_user_merged_is_closed"):
        make_user(merged_into=kept)


def test_the_same_guardianship_twice(refused_by):
    guardian = make_user()
    child = make_beneficiary(guardian)
    with refused_by("accounts_guardianship_once"):
        Guardianship.objects.create(user=guardian, beneficiary=child)
