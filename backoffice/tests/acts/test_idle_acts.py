"""admin.md 1, 10: an act that has nothing to do is not offered, and its button says why."""

import pytest
from django.urls import reverse

from accounts.proposals import Proposal
from accounts.tests.factories import make_agent, make_beneficiary, make_telephone, make_user
from wallets import campaigns, supplements
from wallets.models import Kind
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(enter):
    agent = make_agent("administrateur")
    enter(agent)
    return agent


@pytest.fixture
def idle(client, agent):
    """`idle(row)`: the acts of its page that have nothing to do, and why."""

    def read(row):
        page = client.get(reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk]))
        buttons = page.context["buttons"]
        for button in buttons:
            assert (f'href="{button.address}"' in page.text) == (not button.idle)
            assert not button.idle or f"{button.label}\N{NO-BREAK SPACE}: {button.idle}" in page.text
        return {button.name: button.idle for button in buttons if button.idle}

    return read


def test_opening_without_a_child_to_give_to(idle, client, agent):
    campaign = make_campaign()
    assert idle(campaign) == {"ouvrir": "aucun enfant à doter"}
    address = reverse("admin:wallets_campaign_ouvrir", args=[campaign.pk])
    said = {"reason": "Rentrée", "typed": str(campaign)}
    for page in (client.get(address, follow=True), client.post(address, said, follow=True)):
        assert "Ouvrir la campagne\N{NO-BREAK SPACE}: aucun enfant à doter." in page.text
    assert not Proposal.objects.exists()

    make_beneficiary()
    assert idle(campaign) == {}
    campaigns.open_campaign(campaign_id=campaign.pk, limit=9, actor=agent)
    assert idle(campaign) == {"ouvrir": "aucun enfant à doter"}


def test_closing_what_is_closed(idle, agent):
    campaign = make_closed_campaign()
    make_wallet("7", campaign=campaign)
    assert idle(campaign) == {}
    campaigns.close_campaign(campaign_id=campaign.pk, limit=9, actor=agent)
    assert idle(campaign) == {"clore": "plus aucun crédit"}


def test_what_is_on_its_way_keeps_its_button(idle, client, agent):
    campaign = make_campaign()
    child = make_beneficiary()
    address = reverse("admin:wallets_campaign_ouvrir", args=[campaign.pk])
    said = {"reason": "Rentrée", "typed": str(campaign), "seen": client.get(address).context["seen"]}
    client.post(address, said)
    client.post(address, said | {"seen": client.get(address).context.get("seen", "")})
    Proposal.objects.get()
    type(child).objects.update(is_enrolled=False)

    assert idle(campaign) == {}


def test_a_supplement_that_is_there(idle, agent):
    campaign = make_campaign()
    child = make_beneficiary()
    wallet, _ = [make_wallet(kind=kind, beneficiary=child, campaign=campaign) for kind in Kind]
    assert idle(wallet) == {}
    supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    assert idle(wallet) == {"supplement": "déjà accordé"}
    supplements.take_back_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    assert idle(wallet) == {}


def test_a_campaign_without_supplement(idle):
    assert idle(make_wallet(campaign=make_campaign(supplement=0))) == {
        "supplement": "cette campagne n’en a pas"
    }


def test_an_empty_wallet_of_a_campaign_that_is_over(idle, agent):
    campaign = make_closed_campaign(opens_on=days(-200))
    wallet = make_wallet("7", campaign=campaign)
    assert idle(wallet) == {}
    campaigns.close_campaign(campaign_id=campaign.pk, limit=9, actor=agent)
    assert idle(wallet) == {"corriger": "campagne finie, porte-monnaie vide"}


def test_an_access_without_an_address(idle):
    assert idle(make_user("camille", email="")) == {"rendre-l-acces": "aucune adresse e-mail"}
    assert idle(make_user("zoe")) == {}


def test_a_second_factor_that_is_none(idle):
    colleague = make_user("tom", is_staff=True)
    assert idle(colleague) == {"second-facteur": "aucun téléphone préparé"}
    make_telephone(colleague)
    assert idle(colleague) == {}
