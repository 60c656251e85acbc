"""In June two campaigns take tickets, one after the other, never three."""

import pytest
from django.core.exceptions import ValidationError

from wallets.models import Campaign
from wallets.tests.factories import days, make_campaign

pytestmark = pytest.mark.django_db


def dated(opens, last_ticket):
    return Campaign(
        name="Nouvelle",
        opens_on=days(opens),
        last_ticket_on=days(last_ticket),
        last_cancellation_on=days(last_ticket),
        last_validation_on=days(last_ticket + 300),
    )


@pytest.mark.parametrize(("opens", "last_ticket"), [(101, 400), (70, 400), (-400, -101), (-400, -70)])
def test_one_follows_the_other_or_meets_it(opens, last_ticket):
    make_campaign(opens_on=days(-100), last_ticket_on=days(100))

    dated(opens, last_ticket).full_clean()


@pytest.mark.parametrize(("opens", "last_ticket"), [(-50, 50), (-200, 200), (-100, 100), (-100, 200)])
def test_one_inside_the_other_is_refused(opens, last_ticket):
    make_campaign(opens_on=days(-100), last_ticket_on=days(100))
    with pytest.raises(ValidationError, match="l’une dans l’autre"):
        dated(opens, last_ticket).full_clean()


def test_three_at_once_are_refused():
    make_campaign(opens_on=days(-100), last_ticket_on=days(100))
    make_campaign(opens_on=days(50), last_ticket_on=days(300), last_cancellation_on=days(300))
    with pytest.raises(ValidationError, match="Trois campagnes"):
        dated(80, 500).full_clean()


def test_a_campaign_does_not_meet_itself():
    make_campaign().full_clean()
