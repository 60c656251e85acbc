"""Who may act for whom."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Beneficiary, Guardianship, User
from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db


def accessible_to(user):
    """As a query, and as the pages read it."""
    by_query = set(Beneficiary.objects.accessible_to(user))
    if user.pk:
        assert set(User.objects.get(pk=user.pk).accessible_children) == by_query
    return by_query


def test_a_guardian_reaches_each_of_its_children_once():
    parent, other_parent = make_user(), make_user()
    garance, lucien = make_beneficiary(parent, other_parent), make_beneficiary(parent)

    assert list(Beneficiary.objects.accessible_to(parent).order_by("pk")) == [garance, lucien]
    assert accessible_to(other_parent) == {garance}


def test_a_child_reaches_only_itself():
    parent, child = make_user(), make_user()
    garance, _lucien = make_beneficiary(parent, user=child), make_beneficiary(parent)

    assert accessible_to(child) == {garance}


def test_a_stranger_who_has_a_child_reaches_only_that_one():
    stranger = make_user()
    make_beneficiary(make_user())
    own = make_beneficiary(stranger)

    assert accessible_to(stranger) == {own}


def test_a_guardianship_that_ends_ends_at_once():
    parent = make_user()
    make_beneficiary(parent)
    Guardianship.objects.all().delete()

    assert accessible_to(parent) == set()


@pytest.mark.parametrize(
    "fields", [{"is_active": False}, {"is_staff": True}], ids=["closed account", "agent"]
)
def test_these_reach_nobody_even_as_guardians(fields):
    guardian = make_user(**fields)
    make_beneficiary(guardian)

    assert accessible_to(guardian) == set()


def test_nobody_reaches_nobody():
    make_beneficiary(make_user())

    assert accessible_to(AnonymousUser()) == set()
