"""A closing, and what gives back what it took."""

from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.erasure import anonymise_children
from wallets import campaigns, services
from wallets.exceptions import (
    CampaignOver,
    InsufficientFunds,
)
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet, spend

from .batches import balances, run

pytestmark = pytest.mark.django_db


def test_a_closing_is_taken_back_once(agent):
    """admin.md 2: one typo in a date ended a campaign for good."""
    campaign = make_closed_campaign()
    for balance in ("12.50", "60"):
        make_wallet(balance, campaign=campaign)
    other = make_wallet("30", campaign=make_closed_campaign())
    run(campaigns.close_campaign, campaign, agent)
    run(campaigns.close_campaign, other.campaign, agent)

    done = [run(campaigns.reopen_campaign, campaign, agent, limit=1) for _ in range(3)]

    assert [number for number, _ in done] == [1, 1, 0]
    assert sum(moved for _, moved in done) == Decimal("72.50")
    assert [balance for _, balance in balances()] == [0, Decimal("12.50"), 60]
    assert run(campaigns.close_campaign, campaign, agent) == (2, Decimal("72.50"))
    assert run(campaigns.reopen_campaign, campaign, agent) == (2, Decimal("72.50"))


def test_two_closings_are_taken_back_together(agent):
    """A late cancellation brought money back, which lapsed too."""
    campaign = make_campaign(last_ticket_on=days(-1), last_cancellation_on=days(5))
    wallet = make_wallet("60", campaign=campaign)
    [entry] = spend(wallet, "10")
    run(campaigns.close_campaign, campaign, agent)
    services.reverse(entry_id=entry.pk, label="Ticket annulé", actor=agent)
    run(campaigns.close_campaign, campaign, agent)

    assert run(campaigns.reopen_campaign, campaign, agent) == (1, 60)
    assert balances() == [("culture", 60)]


@pytest.mark.parametrize("given_up", [True, False])
def test_nobody_who_was_erased_is_given_anything(agent, given_up):
    campaign = make_closed_campaign()
    wallet = make_wallet("60", campaign=campaign)
    if given_up:
        services.give_up(beneficiary_id=wallet.beneficiary_id, amount=Decimal(60), actor=agent)
    else:
        run(campaigns.close_campaign, campaign, agent)
        anonymise_children([wallet.beneficiary_id], refuse_again=False)

    assert run(campaigns.reopen_campaign, campaign, agent) == (0, 0)
    assert balances() == [("culture", 0)]


def test_a_campaign_that_is_over_is_given_no_credit(agent):
    """admin.md 5: 10 € that nobody can spend."""
    wallet = make_wallet("60", campaign=make_closed_campaign())
    with pytest.raises(CampaignOver):
        services.correct(wallet_id=wallet.pk, amount=Decimal(10), key=uuid4(), actor=agent)
    with pytest.raises(InsufficientFunds):
        services.correct(wallet_id=wallet.pk, amount=Decimal(-61), key=uuid4(), actor=agent)

    services.correct(wallet_id=wallet.pk, amount=Decimal(-10), key=uuid4(), actor=agent)
    assert balances() == [("culture", 50)]
