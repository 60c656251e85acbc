"""Where one agent is alone, no second one is asked for, and it is said."""

import pytest
from django.urls import reverse

from accounts.proposals import Proposal
from wallets.tests.factories import make_campaign

from .desk import children, journal

pytestmark = pytest.mark.django_db


def test_a_team_of_one_raises_it_alone(one, settings):
    settings.SECOND_AGENT = False
    campaign = make_campaign()
    one.fill(campaign, "relever-le-plafond", ceiling="500")
    one.confirm(campaign, "relever-le-plafond")

    campaign.refresh_from_db()
    assert campaign.correction_ceiling == 500
    assert journal()[-1][2].endswith("– sans second agent")


def test_a_team_of_one_is_told_so(one, settings, client):
    settings.SECOND_AGENT = False
    campaign = make_campaign()
    children(1)

    assert "second agent est désactivé" in one.fill(campaign, "ouvrir").text
    one.confirm(campaign, "ouvrir")

    assert Proposal.objects.get().alone
    assert journal()[-1][2].endswith("– sans second agent")
    assert "Le second agent est désactivé" in client.get(reverse("admin:index")).text
    settings.SECOND_AGENT = True
    assert "Le second agent est désactivé" not in client.get(reverse("admin:index")).text
