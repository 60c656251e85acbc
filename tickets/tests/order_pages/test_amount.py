"""« Effectuer une transaction »: the amount."""

import re
import uuid

import pytest

from partners.tests.factories import make_offer
from tickets.models import Ticket
from wallets.models import Kind, Wallet
from wallets.tests.factories import days, make_closed_campaign

from .pages import balance, page, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return make_offer()


@pytest.fixture(params=["assigned", "paper"])
def form(request, culture, offer):
    """Where the amount is asked, and what is sent with it."""
    if request.param == "paper":
        return page(culture, f"papier/{culture.pk}/"), {"key": str(uuid.uuid4())}
    where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")
    return where, {"key": str(uuid.uuid4()), "offer": offer.pk}


@pytest.mark.parametrize(
    ("typed", "left"), [("50", "10.00"), ("12,5", "47.50"), ("12.50", "47.50"), ("60 €", "0.00")]
)
def test_as_people_write_it(client, culture, form, typed, left):
    where, fields = form
    response = client.post(where, fields | {"amount": typed}, follow=True)

    assert "Félicitations" in response.text
    assert balance(culture) == left


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Saisissez un montant"),
        ("0", "au moins 1,00"),
        ("-5", "positif"),
        ("0,99", "au moins 1,00"),
        ("12,345", "deux chiffres au plus"),
        ("douze", "en chiffres"),
        ("60,01", "Il ne reste que 60,00\N{NO-BREAK SPACE}€"),
        ("1 000", "Il ne reste que 60,00\N{NO-BREAK SPACE}€"),
        ("9" * 20, "trop grand"),
        ("9" * 200, "trop grand"),
    ],
)
def test_a_wrong_one_is_told_beside_the_field(client, culture, form, typed, sentence):
    where, fields = form
    response = client.post(where, fields | {"amount": typed})

    assert sentence in sentences(response, "amount")
    assert balance(culture) == "60.00"
    assert not Ticket.objects.exists()


def test_all_that_is_left_fills_in_without_javascript(client, culture, form):
    where, _ = form
    [link] = re.findall(r'href="(\?montant=[^"]*)"', client.get(where).text)
    filled = client.get(where + link)

    assert filled.context["form"]["amount"].value() == "60,00"
    assert not filled.context["form"].errors


def test_an_empty_wallet_offers_nothing(client, culture, form):
    where, fields = form
    client.post(where, fields | {"amount": "60"})

    assert "?montant=" not in client.get(where).text


def test_sent_twice_it_shows_the_same_success(client, culture, form):
    where, fields = form
    first, second = (client.post(where, fields | {"amount": "40"}) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert balance(culture) == "20.00"


def test_the_same_form_with_another_amount_comes_back_as_a_new_one(client, culture, form):
    where, fields = form
    client.post(where, fields | {"amount": "10"})
    response = client.post(where, fields | {"amount": "20"})

    assert "a déjà servi" in sentences(response, "__all__")
    assert balance(culture) == "50.00"
    renewed = re.search(r'name="key" value="([^"]+)"', response.text)[1]
    assert client.post(where, fields | {"amount": "20", "key": renewed}).status_code == 302


def test_a_nul_character(client, culture, form):
    where, fields = form

    assert client.post(where, fields | {"amount": "5\0"}).status_code == 400


@pytest.mark.parametrize("key", ["", "x", "\0"])
def test_without_a_key_of_ours(client, culture, form, key):
    where, fields = form

    assert client.post(where, fields | {"amount": "10", "key": key}).status_code == 400


def test_when_the_campaign_closes_between_two_screens(client, culture, form):
    where, fields = form
    assert client.get(where).status_code == 200
    Wallet.objects.update(campaign=make_closed_campaign(name="2025-2026"))

    assert "La campagne 2025-2026" in sentences(client.post(where, fields | {"amount": "10"}), "__all__")
    assert "La campagne 2025-2026" in client.get(where, follow=True).text


def test_when_the_organisme_leaves_between_two_screens(client, culture, offer):
    where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")
    offer.partner.affiliated_until = days(-1)
    offer.partner.save()
    response = client.post(where, {"key": uuid.uuid4(), "offer": offer.pk, "amount": "10"})
    assert "n’est plus affilié" in sentences(response, "offer")

    response = client.get(where, follow=True)
    assert response.redirect_chain == [(page(culture, "organisme/"), 302)]
    assert "n’est plus affilié" in response.text


def test_an_activity_that_this_wallet_does_not_pay_for(client, culture, offer):
    sport = make_offer("Danse", Kind.SPORT, partner=offer.partner)
    where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")
    response = client.post(where, {"key": uuid.uuid4(), "offer": sport.pk, "amount": "10"})

    assert sentences(response, "offer")


def test_the_one_activity_there_is_is_chosen_already(client, culture, offer):
    where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")

    assert client.get(where).context["form"]["offer"].value() == offer.pk


@pytest.mark.parametrize("wrong", [10**30, 0])
def test_numbers_that_lead_nowhere(client, culture, offer, wrong):
    assert client.get(page(culture, f"papier/{wrong}/")).status_code == 404
    assert client.get(page(culture, f"organisme/{wrong}/{culture.pk}/")).status_code == 404
    assert client.get(page(culture, f"organisme/{offer.partner_id}/{wrong}/")).status_code == 404


def test_a_success_page_says_the_sentence_of_the_guide(client, culture):
    response = client.post(
        page(culture, f"papier/{culture.pk}/"), {"key": uuid.uuid4(), "amount": "50"}, follow=True
    )
    text = re.sub(r"\s+", " ", response.text)

    assert (
        "Félicitations ! Votre ticket de 50,00 € a bien été généré. "
        "Vous pouvez dès à présent imprimer votre ticket."
    ) in text
