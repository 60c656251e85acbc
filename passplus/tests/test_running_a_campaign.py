"""An agent opens and closes a campaign from its page, and sees how far it is."""

import pytest
from django.urls import reverse

from accounts.models import Action, AuditEntry
from accounts.tests.factories import make_beneficiary, make_user
from wallets import admin
from wallets.models import Wallet
from wallets.tests.factories import make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db
WHY = {"reason": "Rentrée"}


@pytest.fixture(autouse=True)
def agent(enter, monkeypatch):
    monkeypatch.setattr(admin, "BATCH", 2)
    agent = make_user(is_staff=True, is_superuser=True)
    enter(agent)
    return agent


def page(campaign, name):
    return reverse(f"admin:wallets_campaign_{name}", args=[campaign.pk])


def test_opening_goes_on_until_everybody_has_wallets(client):
    campaign = make_campaign()
    for _ in range(3):
        make_beneficiary()
    opening = page(campaign, "ouvrir")
    assert client.get(opening).context["left"] == 3

    response = client.post(opening, WHY | {"total": 3})
    assert (response.context["done"], response.context["left"]) == (2, 1)
    assert 'value="Rentrée"' in response.text
    assert client.post(opening, WHY | {"total": 3}).status_code == 302

    assert Wallet.objects.count() == 6
    details = list(AuditEntry.objects.filter(action=Action.CAMPAIGN_OPENED).values_list("details", flat=True))
    assert details == ["1 enfants dotés", "2 enfants dotés"]


@pytest.mark.parametrize("total", ["", "0", "beaucoup", "-3", "9" * 30])
def test_a_total_that_is_none_is_counted_anew(client, total):
    campaign = make_campaign()
    for _ in range(3):
        make_beneficiary()

    assert client.post(page(campaign, "ouvrir"), WHY | {"total": total}).status_code == 200


def test_closing(client):
    campaign = make_closed_campaign()
    wallet = make_wallet("60", campaign=campaign)

    assert client.post(page(campaign, "clore"), WHY).status_code == 302

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
    assert AuditEntry.objects.count() == 0
    assert Wallet.objects.get().balance == 60


def test_a_campaign_is_not_deleted(client):
    campaign = make_campaign()

    assert client.post(reverse("admin:wallets_campaign_delete", args=[campaign.pk])).status_code == 403
