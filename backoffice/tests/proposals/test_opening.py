"""A campaign opens by two agents, who read what it comes to."""

import uuid
from decimal import Decimal

import pytest

from accounts.audit import Action
from accounts.proposals import Proposal, ProposalState
from accounts.tests.factories import make_beneficiary
from wallets import campaigns, services, supplements
from wallets.models import Wallet
from wallets.tests.factories import days, make_campaign

from .desk import children, journal

pytestmark = pytest.mark.django_db


def test_opening_shows_its_euros_and_takes_two_agents(one, other):
    """admin.md 3: no euros at all, and one agent alone."""
    campaign = make_campaign(larger_share=600)
    children(3)

    page = one.look(campaign, "ouvrir").text
    assert "3 × 600,00\N{NO-BREAK SPACE}€ = 1\N{NO-BREAK SPACE}800,00\N{NO-BREAK SPACE}€" in page
    assert "1\N{NO-BREAK SPACE}860,00\N{NO-BREAK SPACE}€" in page

    assert "Un autre agent doit confirmer" in one.fill(campaign, "ouvrir").text
    assert "se confirme par un autre agent" in one.confirm(campaign, "ouvrir").text
    assert not Wallet.objects.exists()

    page = other.look(campaign, "ouvrir").text
    assert "agnes" in page
    assert "Rentrée" in page
    assert "1\N{NO-BREAK SPACE}860,00\N{NO-BREAK SPACE}€" in page
    response = other.confirm(campaign, "ouvrir")
    assert (response.context["done"], response.context["left"]) == (2, 1)
    other.send(campaign, "ouvrir", step="go-on", total=3)

    assert sorted(Wallet.objects.values_list("balance", flat=True)) == [20, 20, 20, 600, 600, 600]
    (proposed, done) = journal()
    assert proposed[:2] == (Action.PROPOSED, "agnes")
    assert proposed[2].startswith("Ouvrir la campagne, ")
    assert "1\N{NO-BREAK SPACE}860,00\N{NO-BREAK SPACE}€" in proposed[2]
    assert done == (
        Action.CAMPAIGN_OPENED,
        "basile",
        "3 enfants dotés, 1\N{NO-BREAK SPACE}860,00\N{NO-BREAK SPACE}€ – proposé par agnes",
    )
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.proposed_by, proposal.decided_by, proposal.alone) == (
        ProposalState.DONE,
        one.agent,
        other.agent,
        False,
    )


def test_before_its_day_a_campaign_opens_for_who_says_so(one):
    """admin.md 4: opened half a year early, without a word."""
    campaign = make_campaign(opens_on=days(10))
    children(1)

    page = one.look(campaign, "ouvrir").text
    assert "n’ouvre que le" in page
    assert "Dernière liste complète" in page
    assert "too_early" in one.fill(campaign, "ouvrir").context["form"].errors
    one.fill(campaign, "ouvrir", too_early="on")
    assert Proposal.objects.exists()


def test_the_year_before_is_compared_with_what_it_opened_with(one):
    """admin.md 3, its kind: supplements and corrections of the whole year counted as its opening."""
    campaign = make_campaign()
    last = make_campaign(name="2024-2025", opens_on=days(-400))
    children(2)
    campaigns.open_campaign(campaign_id=last.pk, limit=9, actor=one.agent)
    child = Wallet.objects.filter(campaign=last)[0].beneficiary_id
    supplements.grant_supplement(beneficiary_id=child, campaign_id=last.pk, actor=one.agent)
    wallet = Wallet.objects.filter(campaign=last)[0]
    services.correct(wallet_id=wallet.pk, amount=Decimal(7), key=uuid.uuid4(), actor=one.agent)
    make_beneficiary()

    facts = dict(one.look(campaign, "ouvrir").context["about"].facts)
    told = facts["Campagne précédente, 2024-2025 (sans supplément ni correction)"]
    assert told == "160,00\N{NO-BREAK SPACE}€, 2 enfants"
