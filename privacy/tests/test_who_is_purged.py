"""`manage.py purge`: who is anonymised, and when."""

import pytest
from django.utils import timezone

from accounts.models import Beneficiary, Guardianship, User
from accounts.tests.factories import make_beneficiary, make_user
from wallets.models import Campaign
from wallets.tests.factories import make_campaign, make_wallet

from .leaving import end, gone, kept_for_days, make_former, make_old_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days_after", "is_gone"), [(0, False), (1, True)])
def test_a_child_goes_when_its_last_campaign_has_been_over_for_so_long(purge, days_after, is_gone):
    child, _ = make_former(make_user(), days_ago=kept_for_days() + days_after)
    purge()

    assert gone() == ({child.pk} if is_gone else set())


def test_its_newest_campaign_counts(purge):
    child, _ = make_former(make_user())
    make_wallet(beneficiary=child, campaign=make_campaign())
    purge()

    assert gone() == set()


@pytest.mark.parametrize(("age", "is_gone"), [(12, False), (20, False), (21, True)])
def test_who_is_enrolled_stays_but_nobody_is_enrolled_at_that_age(purge, age, is_gone):
    child, _ = make_former(is_enrolled=True, birth_year=timezone.localdate().year - age)
    purge()

    assert gone() == ({child.pk} if is_gone else set())


@pytest.mark.parametrize(
    ("fields", "guardian", "is_gone"),
    [
        ({"is_enrolled": False}, make_old_user, True),
        ({"is_enrolled": False}, make_user, False),
        ({"is_enrolled": False}, lambda: make_old_user(last_login=timezone.now()), False),
        ({"is_enrolled": True}, make_old_user, False),
    ],
    ids=["unused", "new", "in use", "enrolled"],
)
def test_a_child_that_never_had_a_wallet(purge, fields, guardian, is_gone):
    child = make_beneficiary(guardian(), **fields)
    purge()

    assert gone() == ({child.pk} if is_gone else set())


def test_a_parent_goes_with_the_last_child(purge):
    mother, father = make_user("mere", last_login=timezone.now()), make_user("pere")
    elder, _ = make_former(mother, father, user=make_user("ainee"))
    younger = make_beneficiary(mother)

    purge()

    assert gone() == {elder.pk}
    left = User.objects.filter(anonymised_at=None)
    assert list(left.values_list("username", flat=True)) == ["mere"]
    assert list(younger.guardians.all()) == [mother]
    end_all_campaigns()
    Beneficiary.objects.update(is_enrolled=False)
    make_wallet(beneficiary=younger)
    end_all_campaigns()
    purge()
    assert not User.objects.filter(anonymised_at=None).exists()


def end_all_campaigns():
    for campaign in Campaign.objects.all():
        end(campaign, days_ago=kept_for_days() + 1)


@pytest.mark.parametrize(
    ("fields", "is_gone"),
    [
        ({}, True),
        ({"last_login": timezone.now()}, False),
        ({"is_staff": True}, False),
        ({"is_superuser": True}, False),
    ],
    ids=["forgotten", "in use", "an agent’s", "a superuser’s"],
)
def test_an_account_without_children_goes_when_it_is_no_longer_used(purge, fields, is_gone):
    user = make_old_user(**fields)
    purge()

    user.refresh_from_db()
    assert bool(user.anonymised_at) == is_gone


def test_an_agent_who_is_a_parent_stays_and_no_longer_guards(purge):
    agent = make_user(is_staff=True)
    make_former(agent)
    purge()

    agent.refresh_from_db()
    assert (agent.anonymised_at, Guardianship.objects.count()) == (None, 0)
