"""« Ma formule »: a guardian chooses which wallet has the larger share, until the first ticket."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.tests.factories import make_beneficiary, make_user
from tickets.tests.factories import make_ticket
from wallets import campaigns, services
from wallets.models import Kind
from wallets.tests.factories import days, make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    parent = make_user("parent")
    client.force_login(parent)
    return parent


@pytest.fixture
def campaign():
    return make_campaign(name="2026-2027")


@pytest.fixture
def child(parent, campaign):
    child = make_beneficiary(parent, user=make_user("garance"), first_name="Garance")
    campaigns.open_wallets(
        beneficiary_ids=[child.pk], campaign_id=campaign.pk, preferred=Kind.SPORT, actor=None
    )
    return child


def formula(child, campaign):
    return reverse("tickets:formula", args=[child.public_id, campaign.pk])


def home(child):
    return reverse("tickets:home", args=[child.public_id])


def balances(child):
    return dict(child.wallets.values_list("kind", "balance"))


def test_the_home_page_leads_to_it_and_it_shows_what_is_chosen(client, child, campaign):
    assert formula(child, campaign) in client.get(home(child)).text
    page = client.get(formula(child, campaign))

    assert 'value="sport"' in page.text
    assert page.context["form"]["preferred"].value() == Kind.SPORT
    assert "60\N{NO-BREAK SPACE}€ pour le sport et 20\N{NO-BREAK SPACE}€ pour la culture" in page.text


def test_choosing_moves_both_wallets_and_says_so(client, child, campaign):
    response = client.post(formula(child, campaign), {"preferred": "culture"}, follow=True)

    assert response.redirect_chain == [(home(child), 302)]
    assert "Votre formule est enregistrée." in response.text
    assert balances(child) == {Kind.SPORT: Decimal(20), Kind.CULTURE: Decimal(60)}


def test_nothing_chosen_or_something_else_says_what_to_do(client, child, campaign):
    for answer in ({"preferred": ""}, {"preferred": "piscine"}):
        response = client.post(formula(child, campaign), answer)
        assert response.status_code == 200
        assert response.context["form"].errors["preferred"]
    assert balances(child) == {Kind.SPORT: Decimal(60), Kind.CULTURE: Decimal(20)}


def test_the_first_ticket_settles_it_on_every_page(client, parent, child, campaign):
    make_ticket(wallet=child.wallets.get(kind=Kind.SPORT), actor=parent)

    assert formula(child, campaign) not in client.get(home(child)).text
    for method in (client.get, client.post):
        response = method(formula(child, campaign), {"preferred": "culture"}, follow=True)
        assert response.redirect_chain == [(home(child), 302)]
        assert "la formule de cette campagne ne change plus" in response.text
    assert balances(child) == {Kind.SPORT: Decimal(50), Kind.CULTURE: Decimal(20)}


def test_a_campaign_that_takes_no_more_tickets_is_settled(client, child, campaign):
    campaign.last_ticket_on = campaign.last_cancellation_on = days(-1)
    campaign.save()

    assert formula(child, campaign) not in client.get(home(child)).text
    client.post(formula(child, campaign), {"preferred": "culture"})
    assert balances(child)[Kind.SPORT] == Decimal(60)


def test_what_is_ticked_is_the_formula_whatever_was_corrected_since(client, child, campaign):
    culture = child.wallets.get(kind=Kind.CULTURE)
    services.correct(wallet_id=culture.pk, amount=Decimal(50), key=uuid4(), actor=make_user())

    assert client.get(formula(child, campaign)).context["form"].initial == {"preferred": Kind.SPORT}


def test_equal_shares_leave_nothing_to_choose(client, child, campaign):
    campaign.larger_share = campaign.smaller_share
    campaign.save()

    assert formula(child, campaign) not in client.get(home(child)).text


def test_it_is_no_page_of_the_childs(client, child, campaign):
    client.force_login(child.user)

    assert formula(child, campaign) not in client.get(home(child)).text
    assert client.get(formula(child, campaign)).status_code == 404
    assert client.post(formula(child, campaign), {"preferred": "culture"}).status_code == 404
    assert balances(child)[Kind.SPORT] == Decimal(60)


def test_a_campaign_in_which_the_child_has_no_wallet_is_not_found(client, child):
    assert client.get(formula(child, make_campaign())).status_code == 404
