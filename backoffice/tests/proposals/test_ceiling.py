"""The ceiling of a correction is raised by two agents."""

from decimal import Decimal

import pytest

from accounts.audit import Action
from accounts.proposals import Proposal, ProposalState
from wallets import campaigns
from wallets.exceptions import CeilingNotRaised
from wallets.tests.factories import make_campaign

from .desk import journal

pytestmark = pytest.mark.django_db


def test_a_ceiling_is_raised_by_two_agents(one, other):
    """security.md F8: one agent raised it alone, then corrected alone whatever he wished."""
    campaign = make_campaign()
    one.fill(campaign, "relever-le-plafond", ceiling="500")
    one.confirm(campaign, "relever-le-plafond")
    campaign.refresh_from_db()
    assert campaign.correction_ceiling == 200

    assert "200,00\N{NO-BREAK SPACE}€ → 500,00" in other.look(campaign, "relever-le-plafond").text
    other.confirm(campaign, "relever-le-plafond")
    campaign.refresh_from_db()
    assert campaign.correction_ceiling == 500
    assert journal()[-1] == (
        Action.CEILING_RAISED,
        "basile",
        "200,00\N{NO-BREAK SPACE}€ → 500,00\N{NO-BREAK SPACE}€ – proposé par agnes",
    )


def test_one_that_changed_meanwhile_is_proposed_again(one, other):
    campaign = make_campaign()
    one.fill(campaign, "relever-le-plafond", ceiling="500")
    type(campaign).objects.update(correction_ceiling=300)
    other.confirm(campaign, "relever-le-plafond")

    campaign.refresh_from_db()
    assert campaign.correction_ceiling == 300
    assert Proposal.objects.get().state == ProposalState.OUTDATED


@pytest.mark.parametrize("ceiling", ["200", "10000000", "NaN", "-5"])
def test_it_is_no_way_down_nor_to_infinity(one, ceiling):
    assert "errorlist" in one.fill(make_campaign(), "relever-le-plafond", ceiling=ceiling).text
    assert not Proposal.objects.exists()


def test_raised_twice_at_once_it_is_raised_once():
    campaign = make_campaign()
    campaigns.raise_ceiling(campaign_id=campaign.pk, ceiling=Decimal(500))

    with pytest.raises(CeilingNotRaised):
        campaigns.raise_ceiling(campaign_id=campaign.pk, ceiling=Decimal(500))
