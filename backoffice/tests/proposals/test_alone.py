"""An agent opens and closes a campaign from its page, and sees how far it is."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.proposals import Proposal
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.acts import campaigns
from wallets.models import Wallet
from wallets.tests.factories import make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db
WHY = {"reason": "Rentrée"}


@pytest.fixture(autouse=True)
def agent(enter, monkeypatch, settings):
    """Alone: how two agents do it is in tests/proposals."""
    settings.SECOND_AGENT = False
    monkeypatch.setattr(campaigns, "BATCH", 2)
    agent = make_user(is_staff=True, is_superuser=True)
    enter(agent)
    return agent


def page(campaign, name):
    return reverse(f"admin:wallets_campaign_{name}", args=[campaign.pk])


def begin(client, campaign, name, **said):
    """Propose it, then confirm it."""
    typed = {"typed": str(campaign)}
    seen = client.get(page(campaign, name)).context["seen"]
    client.post(page(campaign, name), WHY | typed | {"seen": seen})
    return client.post(page(campaign, name), typed | {"step": "confirm"} | said)


def test_opening_goes_on_until_everybody_has_wallets(client):
    campaign = make_campaign()
    for _ in range(3):
        make_beneficiary()
    opening = page(campaign, "ouvrir")
    assert client.get(opening).context["left"] == 3

    response = begin(client, campaign, "ouvrir", total=3)
    assert (response.context["done"], response.context["left"]) == (2, 1)
    assert client.post(opening, {"step": "go-on", "total": 3}).status_code == 302

    assert Wallet.objects.count() == 6
    entry = AuditEntry.objects.get(action=Action.CAMPAIGN_OPENED)
    assert (entry.reason, entry.details) == (
        "Rentrée",
        "3 enfants dotés, 240,00\N{NO-BREAK SPACE}€ – sans second agent",
    )


@pytest.mark.parametrize("total", ["", "0", "beaucoup", "-3", "9" * 30])
def test_a_total_that_is_none_is_counted_anew(client, total):
    campaign = make_campaign()
    for _ in range(3):
        make_beneficiary()

    assert begin(client, campaign, "ouvrir", total=total).status_code == 200


def test_closing(client):
    campaign = make_closed_campaign()
    wallet = make_wallet("60", campaign=campaign)

    assert begin(client, campaign, "clore").status_code == 302

    wallet.refresh_from_db()
    assert wallet.balance == 0


@pytest.mark.parametrize(
    ("make", "name"), [(make_campaign, "clore"), (make_closed_campaign, "ouvrir")], ids=["close", "open"]
)
def test_what_is_not_the_time_for_is_not_done(client, make, name):
    campaign = make()
    make_wallet("60", campaign=campaign)
    make_beneficiary()

    response = client.post(page(campaign, name), WHY, follow=True)

    assert "Ce n’est plus possible" in response.text
    assert AuditEntry.objects.count() == Proposal.objects.count() == 0
    assert Wallet.objects.get().balance == 60


def test_a_campaign_that_has_wallets_is_not_deleted(client):
    campaign = make_campaign()
    make_wallet("60", campaign=campaign)

    assert client.post(reverse("admin:wallets_campaign_delete", args=[campaign.pk])).status_code == 403
