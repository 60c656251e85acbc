"""Making tickets: what is refused."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.tests.factories import make_offer, make_partner
from tickets.exceptions import AmountNotAllowed, CampaignClosed, PartnerNotAffiliated
from tickets.tests.orders import assert_nothing_happened, order
from wallets.exceptions import InsufficientFunds
from wallets.models import Kind
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("amount", ["0.99", "0.00"])
def test_below_the_minimum(amount):
    wallet = make_wallet("60")
    with pytest.raises(AmountNotAllowed, match="au moins 1,00"):
        order(wallet, amount)

    assert_nothing_happened(wallet)


def test_between_two_steps():
    wallet = make_wallet("60", campaign=make_campaign(ticket_step=Decimal("0.50")))
    with pytest.raises(AmountNotAllowed, match="0,50"):
        order(wallet, "10.25")

    assert_nothing_happened(wallet)


def test_above_the_balance():
    wallet = make_wallet("60")
    with pytest.raises(InsufficientFunds, match="60,00"):
        order(wallet, "20", quantity=4)

    assert_nothing_happened(wallet)


def test_a_series_that_cannot_be_paid_is_not_begun():
    """Nine hundred tickets taken back would be nine hundred numbers that nobody has."""
    wallet = make_wallet("60")
    with CaptureQueriesContext(connection) as asked, pytest.raises(InsufficientFunds):
        order(wallet, "20", quantity=900)

    assert not any('INTO "tickets_' in query["sql"] for query in asked.captured_queries)


@pytest.mark.parametrize(
    "campaign", [make_closed_campaign, lambda: make_campaign(opens_on=days(1))], ids=["over", "not yet"]
)
def test_a_campaign_that_is_closed(campaign):
    wallet = make_wallet("60", campaign=campaign())
    with pytest.raises(CampaignClosed):
        order(wallet)

    assert_nothing_happened(wallet)


def test_an_organisme_that_has_left():
    wallet, offer = make_wallet("60"), make_offer(partner=make_partner(affiliated_until=days(-1)))
    with pytest.raises(PartnerNotAffiliated):
        order(wallet, offer=offer)

    assert_nothing_happened(wallet)


def test_an_offer_that_the_other_wallet_pays_for():
    wallet, offer = make_wallet("60", kind=Kind.SPORT), make_offer(kind=Kind.CULTURE)
    with pytest.raises(PartnerNotAffiliated):
        order(wallet, offer=offer)

    assert_nothing_happened(wallet)
