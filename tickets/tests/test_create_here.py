"""« Créer un ticket ici »: from an organisme of the directory to the amount."""

import pytest
from django.urls import reverse

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    parent = make_user()
    client.force_login(parent)
    return parent


@pytest.fixture
def choir():
    return make_offer("Chant choral", Kind.CULTURE, partner=make_partner("MAITRISE")).partner


def here(partner):
    return reverse("tickets:create_here", args=[partner.pk])


def amount_page(wallet, partner):
    return reverse("tickets:create_assigned", args=[wallet.beneficiary.public_id, partner.pk, wallet.pk])


def test_an_only_child_goes_straight_to_the_amount(client, parent, choir):
    child = make_beneficiary(parent)
    culture = make_wallet(beneficiary=child)
    make_wallet(beneficiary=child, kind=Kind.SPORT, campaign=culture.campaign)

    response = client.get(here(choir), follow=True)

    assert response.redirect_chain == [(amount_page(culture, choir), 302)]
    assert "MAITRISE" in response.text


def test_with_several_children_one_chooses(client, parent, choir):
    wallets = [make_wallet(beneficiary=make_beneficiary(parent, first_name=n)) for n in ("Ana", "Bilal")]
    make_wallet(beneficiary=make_beneficiary(make_user(), first_name="Zoé"))
    page = client.get(here(choir))

    assert [wallet for _, wallet, _ in page.context["ways"]] == wallets
    assert all(amount_page(wallet, choir) in page.text for wallet in wallets)


def test_where_both_wallets_pay_one_chooses(client, parent, choir):
    make_offer("Danse", Kind.SPORT, partner=choir)
    child = make_beneficiary(parent)
    campaign = make_campaign()
    for kind in Kind:
        make_wallet(beneficiary=child, kind=kind, campaign=campaign)

    ways = client.get(here(choir)).context["ways"]

    assert [wallet.kind for _, wallet, _ in ways] == [Kind.SPORT, Kind.CULTURE]


def test_of_two_campaigns_the_first_to_close_that_has_money(client, parent, choir):
    child = make_beneficiary(parent)
    make_wallet("0", beneficiary=child, campaign=make_campaign(last_ticket_on=days(10)))
    second = make_wallet(beneficiary=child, campaign=make_campaign(last_ticket_on=days(20)))
    make_wallet(beneficiary=child, campaign=make_campaign(last_ticket_on=days(30)))

    assert client.get(here(choir)).headers["Location"] == amount_page(second, choir)


def test_an_empty_wallet_is_shown_and_leads_nowhere(client, parent, choir):
    empty = make_wallet("0", beneficiary=make_beneficiary(parent))
    full = make_wallet(beneficiary=make_beneficiary(parent))
    page = client.get(here(choir)).text

    assert amount_page(full, choir) in page
    assert amount_page(empty, choir) not in page
    assert "Ce porte-monnaie est vide." in page


@pytest.mark.parametrize(
    ("balance", "why"),
    [("0", "Culture : il reste 0,00 €"), ("0.50", "au moins 1,00")],
    ids=["empty", "little"],
)
def test_a_form_that_nobody_could_fill_in_is_not_shown(client, parent, choir, balance, why):
    wallet = make_wallet(balance, beneficiary=make_beneficiary(parent))
    paper = reverse("tickets:create_paper", args=[wallet.beneficiary.public_id, wallet.pk])
    for page in (amount_page(wallet, choir), paper):
        response = client.get(page, follow=True)
        assert response.redirect_chain
        assert why in response.text.replace("\xa0", " ")


def test_no_open_campaign_is_said(client, parent, choir):
    make_wallet(beneficiary=make_beneficiary(parent), campaign=make_closed_campaign())
    page = client.get(here(choir))

    assert page.status_code == 200
    assert "Aucun porte-monnaie ne peut payer ici" in page.text


def test_an_organisme_that_does_not_exist(client, parent):
    assert client.get(reverse("tickets:create_here", args=[999])).status_code == 404


def test_who_is_not_connected_comes_back_here_after(client, choir):
    assert client.get(here(choir)).headers["Location"] == f"/accueil/?next={here(choir)}"


def test_as_many_queries_for_six_children_as_for_two(client, parent, choir, django_assert_num_queries):
    for _ in range(2):
        make_wallet(beneficiary=make_beneficiary(parent))
    client.get(here(choir))  # The first visit of a session is noted in it.
    # Session, user, organisme; children, wallets; the frame asks for the children again.
    with django_assert_num_queries(6):
        client.get(here(choir))
    for _ in range(4):
        make_wallet(beneficiary=make_beneficiary(parent))
    with django_assert_num_queries(6):
        client.get(here(choir))


def test_the_child_of_the_address_is_the_only_one_asked_about(client, parent, choir):
    """family.md 5, 19: two children, four wallets to choose from."""
    ana, bilal = (make_beneficiary(parent, first_name=name) for name in ("Ana", "Bilal"))
    wallet = make_wallet(beneficiary=ana)
    make_wallet(beneficiary=bilal, campaign=wallet.campaign)

    response = client.get(here(choir), {"pour": ana.public_id})

    assert response.headers["Location"] == amount_page(wallet, choir)


def test_a_child_of_somebody_else_is_none(client, parent, choir):
    stranger = make_wallet(beneficiary=make_beneficiary(make_user())).beneficiary

    assert client.get(here(choir), {"pour": stranger.public_id}).status_code == 404
