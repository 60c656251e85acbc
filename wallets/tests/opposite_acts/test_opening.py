"""An opening and its undo, by entries that reverse entries."""

from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary
from wallets import campaigns, formulas, services, supplements
from wallets.exceptions import (
    CampaignHasTickets,
    OpeningUndone,
)
from wallets.models import Entry, Kind, Nature, Wallet
from wallets.reading import breakdowns
from wallets.tests.factories import make_wallet, spend

from .batches import balances, run

pytestmark = pytest.mark.django_db


def test_an_opening_is_undone_and_the_campaign_opens_anew(agent, campaign):
    """admin.md 3: 620 € each instead of 60, and the only repair was wallet by wallet."""
    make_beneficiary()
    campaign.larger_share = Decimal(600)
    campaign.save(update_fields=["larger_share"])
    assert run(campaigns.open_campaign, campaign, agent) == (1, 620)

    assert run(campaigns.undo_opening, campaign, agent) == (2, 620)
    assert balances() == [("culture", 0), ("sport", 0)]
    assert run(campaigns.undo_opening, campaign, agent) == (0, 0)

    campaign.larger_share = Decimal(60)
    campaign.save(update_fields=["larger_share"])
    assert run(campaigns.open_campaign, campaign, agent) == (1, 80)
    assert run(campaigns.open_campaign, campaign, agent) == (0, 0)
    assert balances() == [("culture", 20), ("sport", 60)]
    assert Wallet.objects.count() == 2


def test_the_undo_takes_all_that_was_given(agent, campaign):
    child = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    formulas.switch_formula(
        beneficiary_id=child.pk, campaign_id=campaign.pk, preferred=Kind.CULTURE, actor=agent
    )
    supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    sport = child.wallets.get(kind=Kind.SPORT)
    services.correct(wallet_id=sport.pk, amount=Decimal(-3), key=uuid4(), actor=agent)

    assert run(campaigns.undo_opening, campaign, agent) == (2, 97)
    assert balances() == [("culture", 0), ("sport", 0)]
    assert [one.granted for one in breakdowns(child.wallets.all())] == [0, 0]

    run(campaigns.open_campaign, campaign, agent)
    formulas.switch_formula(
        beneficiary_id=child.pk, campaign_id=campaign.pk, preferred=Kind.CULTURE, actor=agent
    )
    supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    assert balances() == [("culture", 70), ("sport", 30)]


def test_no_undo_once_a_ticket_was_made(agent, campaign):
    make_beneficiary()
    spending = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    spend(spending.wallets.get(kind=Kind.SPORT), "10")

    with pytest.raises(CampaignHasTickets):
        run(campaigns.undo_opening, campaign, agent, limit=1)
    assert not Entry.objects.filter(nature=Nature.UNDONE).exists()


def test_a_wallet_whose_opening_is_undone_is_given_nothing_else(agent, campaign):
    child = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    run(campaigns.undo_opening, campaign, agent)

    with pytest.raises(OpeningUndone):
        supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    with pytest.raises(OpeningUndone):
        services.correct(wallet_id=child.wallets.first().pk, amount=Decimal(5), key=uuid4(), actor=agent)


def test_who_left_meanwhile_is_not_given_it_again(agent, campaign):
    child = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    run(campaigns.undo_opening, campaign, agent)
    Beneficiary.objects.filter(pk=child.pk).update(is_enrolled=False)

    assert run(campaigns.open_campaign, campaign, agent) == (0, 0)


def test_an_undone_wallet_is_empty(refused_by):
    make_wallet("60")
    with refused_by("wallets_wallet_undone_is_empty"):
        Wallet.objects.update(undone_at="2026-11-28T00:00Z")
