"""The dates of a campaign, first and last days included."""

import pytest
from django.core.exceptions import ValidationError

from wallets.models import Campaign, Wallet
from wallets.reading import first_to_spend
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db


def test_tickets_from_the_first_day_to_the_last():
    campaign = make_campaign(opens_on=days(0), last_ticket_on=days(10))

    assert [campaign.takes_tickets_on(days(n)) for n in (-1, 0, 10, 11)] == [False, True, True, False]
    found = [Campaign.objects.open_on(days(n)).exists() for n in (-1, 0, 10, 11)]
    assert found == [False, True, True, False]


@pytest.mark.parametrize(
    "fields", [{"ticket_minimum": 5, "ticket_step": 3}, {"series_amount": 10, "ticket_step": 4}]
)
def test_amounts_that_no_ticket_could_have(fields):
    with pytest.raises(ValidationError, match="multiples du pas"):
        Campaign(ticket_minimum=fields.pop("ticket_minimum", 4), **fields).clean()


@pytest.mark.parametrize("step", [0, -1])
def test_a_step_that_is_none_is_said_not_divided_by(step):
    campaign = make_campaign()
    campaign.ticket_step = step
    with pytest.raises(ValidationError, match="Les montants doivent être positifs"):
        campaign.full_clean()


def test_in_june_two_campaigns_are_open_the_older_first():
    new, old = make_campaign(), make_campaign(last_ticket_on=days(5))
    first, second = make_wallet(campaign=new), make_wallet(campaign=old)

    assert list(Wallet.objects.open_on(days(0))) == [second, first]
    assert first_to_spend(Wallet.objects.open_on(days(0))) == [second]


def test_an_empty_wallet_is_not_spent_first():
    new, old = make_campaign(), make_campaign(last_ticket_on=days(5))
    full, empty = make_wallet(campaign=new), make_wallet("0", campaign=old)

    assert first_to_spend(Wallet.objects.open_on(days(0))) == [full]
    assert first_to_spend([empty]) == [empty]
    assert first_to_spend([]) == []


def test_a_closed_wallet_is_followed_while_its_tickets_may_be_used():
    wallet = make_wallet(campaign=make_closed_campaign())

    assert not Wallet.objects.open_on(days(0)).exists()
    assert list(Wallet.objects.redeemable_on(days(0))) == [wallet]
    assert not Wallet.objects.redeemable_on(days(466)).exists()
