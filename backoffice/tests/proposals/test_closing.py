"""A campaign closes, and reopens, by two agents, who read what families lose."""

from decimal import Decimal

import pytest

from accounts.audit import Action
from wallets import campaigns, services
from wallets.models import Wallet
from wallets.tests.factories import days, make_closed_campaign, make_wallet

from .desk import journal

pytestmark = pytest.mark.django_db


def test_closing_shows_what_families_lose(one, other):
    """admin.md 1: 4 499 655,50 € went with one click, and no sum was on any page."""
    last = make_closed_campaign(name="2024-2025", opens_on=days(-400))
    make_wallet("7", campaign=last)
    campaign = make_closed_campaign()
    for balance in ("12.50", "60", "3"):
        make_wallet(balance, campaign=campaign)

    page = one.look(campaign, "clore").text
    assert "3 porte-monnaie, 75,50\N{NO-BREAK SPACE}€" in page
    assert "Campagne précédente, 2024-2025" in page
    one.fill(campaign, "clore")
    other.confirm(campaign, "clore")
    assert "62,50" not in str(journal())
    other.send(campaign, "clore", step="go-on")

    assert set(Wallet.objects.filter(campaign=campaign).values_list("balance", flat=True)) == {0}
    assert [details for action, _, details in journal() if action == Action.CAMPAIGN_CLOSED] == [
        "3 porte-monnaie vidés, 75,50\N{NO-BREAK SPACE}€ – proposé par agnes"
    ]


def test_a_closing_is_reopened(one, other):
    """admin.md 2: a date of yesterday, saved by mistake, ended a campaign for good."""
    campaign = make_closed_campaign()
    make_wallet("60", campaign=campaign)
    one.fill(campaign, "clore")
    other.confirm(campaign, "clore")
    assert Wallet.objects.get().balance == 0

    assert "60,00" in one.fill(campaign, "rouvrir").text
    other.confirm(campaign, "rouvrir")

    assert Wallet.objects.get().balance == 60
    assert journal()[-1] == (
        Action.CAMPAIGN_REOPENED,
        "basile",
        "1 porte-monnaie rétabli, 60,00\N{NO-BREAK SPACE}€ – proposé par agnes",
    )


def test_the_year_before_is_compared_with_what_its_closing_took(one):
    """Its kind: what an erased family gave up is no closing's, nor who had nothing left."""
    last = make_closed_campaign(name="2024-2025", opens_on=days(-400))
    for balance in ("7", "5"):
        make_wallet(balance, campaign=last)
    campaigns.close_campaign(campaign_id=last.pk, limit=9, actor=one.agent)
    gone = make_wallet("3", campaign=last).beneficiary_id
    services.give_up(beneficiary_id=gone, amount=Decimal(3), actor=one.agent)
    campaign = make_closed_campaign()
    make_wallet("1", campaign=campaign)

    facts = dict(one.look(campaign, "clore").context["about"].facts)
    assert facts["Campagne précédente, 2024-2025 (à la clôture)"] == "12,00\N{NO-BREAK SPACE}€, 2 enfants"
