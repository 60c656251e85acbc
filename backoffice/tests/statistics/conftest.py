import pytest

from accounts.tests.factories import make_beneficiary, make_user
from partners.models import Commune
from wallets.campaigns import open_campaign
from wallets.tests.factories import make_campaign

from .places import ANTONY, SCEAUX, VANVES


@pytest.fixture
def agent():
    return make_user(is_staff=True, is_superuser=True)


@pytest.fixture
def populate(agent):
    """`populate({ANTONY: 7})`: so many enrolled children, with their wallets, in one campaign."""
    campaign = make_campaign()
    for code, name in ((ANTONY, "Antony"), (SCEAUX, "Sceaux"), (VANVES, "Vanves")):
        Commune.objects.create(insee_code=code, name=name, postcode="92000", latitude=48.8, longitude=2.3)

    def settle(children):
        for commune, number in children.items():
            for _ in range(number):
                make_beneficiary(insee_code=commune)
        open_campaign(campaign_id=campaign.pk, limit=1000, actor=agent)
        return campaign

    return settle
