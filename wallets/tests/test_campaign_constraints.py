"""What the database itself refuses of campaigns."""

import pytest

from wallets.models import Campaign
from wallets.tests.factories import days, make_campaign

pytestmark = pytest.mark.django_db


def test_a_series_of_tickets_that_are_too_small(refused_by):
    with refused_by("wallets_campaign_series_is_of_real_tickets"):
        make_campaign(ticket_minimum=20)


def test_another_rule_for_late_cancellation(refused_by):
    with refused_by("wallets_campaign_late_cancellation_is_known"):
        make_campaign(late_cancellation="perhaps")


def test_a_late_use_after_more_than_a_year(refused_by):
    make_campaign(late_use_days=365)
    with refused_by("wallets_campaign_late_use_is_within_a_year"):
        make_campaign(late_use_days=366)


def test_two_campaigns_of_one_name(refused_by):
    campaign = make_campaign()
    with refused_by("wallets_campaign_name_is_unique"):
        make_campaign(name=campaign.name)


@pytest.mark.parametrize(
    "fields",
    [
        {"opens_on": days(101)},
        {"last_ticket_on": days(101)},
        {"last_cancellation_on": days(466)},
    ],
)
def test_dates_that_do_not_follow(refused_by, fields):
    with refused_by("wallets_campaign_dates_in_order"):
        make_campaign(**fields)


@pytest.mark.parametrize("field", ["larger_share", "ticket_minimum", "ticket_step"])
def test_amounts_that_are_not_positive(refused_by, field):
    make_campaign()
    with refused_by("wallets_campaign_amounts_are_positive"):
        Campaign.objects.update(**{field: -1})


def test_a_larger_share_that_is_the_smaller_one(refused_by):
    make_campaign()
    with refused_by("wallets_campaign_larger_share_is_larger"):
        Campaign.objects.update(larger_share=20, smaller_share=60)
