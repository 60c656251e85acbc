"""« Effectuer une transaction »: the amount, as it is written."""

import re
import uuid

import pytest

from partners.tests.factories import make_offer
from tickets.models import Ticket
from wallets.models import Kind

from .pages import balance, page, sentences

pytestmark = pytest.mark.django_db


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


def test_a_nul_character(client, culture, form):
    where, fields = form

    assert client.post(where, fields | {"amount": "5\0"}).status_code == 400


def test_the_one_activity_there_is_is_chosen_already(client, culture, offer):
    where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")

    assert client.get(where).context["form"]["offer"].value() == offer.pk


def test_an_activity_that_this_wallet_does_not_pay_for(client, culture, offer):
    sport = make_offer("Danse", Kind.SPORT, partner=offer.partner)
    where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")
    response = client.post(where, {"key": uuid.uuid4(), "offer": sport.pk, "amount": "10"})

    assert sentences(response, "offer")


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
