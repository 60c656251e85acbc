"""A supplement, and taking it back."""

import pytest

from accounts.tests.factories import make_beneficiary
from wallets import campaigns, supplements
from wallets.exceptions import (
    SupplementGranted,
    SupplementNotGranted,
    SupplementSpent,
)
from wallets.models import Kind
from wallets.tests.factories import spend

from .batches import balances, run

pytestmark = pytest.mark.django_db


def test_a_supplement_is_taken_back_and_granted_again(agent, campaign):
    """admin.md 10: one given to the wrong child took two manual debits."""
    child = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    asked = {"beneficiary_id": child.pk, "campaign_id": campaign.pk, "actor": agent}
    with pytest.raises(SupplementNotGranted):
        supplements.take_back_supplement(**asked)
    for _ in range(2):
        supplements.grant_supplement(**asked)
        with pytest.raises(SupplementGranted):
            supplements.grant_supplement(**asked)
        assert balances() == [("culture", 30), ("sport", 70)]

        supplements.take_back_supplement(**asked)
        with pytest.raises(SupplementNotGranted):
            supplements.take_back_supplement(**asked)
        assert balances() == [("culture", 20), ("sport", 60)]


def test_a_supplement_that_is_spent_is_not_taken_back(agent, campaign):
    child = make_beneficiary()
    run(campaigns.open_campaign, campaign, agent)
    supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    spend(child.wallets.get(kind=Kind.CULTURE), "25")

    with pytest.raises(SupplementSpent, match="5,00"):
        supplements.take_back_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    assert balances() == [("culture", 5), ("sport", 70)]
