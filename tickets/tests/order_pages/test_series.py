"""« Effectuer une transaction »: any number of paper tickets, of any amount."""

import uuid

import pytest

from tickets.models import Ticket
from wallets.models import Wallet

from .pages import balance, page, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def where(culture):
    return page(culture, f"papier/{culture.pk}/plusieurs/")


def sent(quantity="3", amount="15"):
    return {"key": str(uuid.uuid4()), "quantity": quantity, "amount": amount}


def test_three_of_fifteen_euros(client, culture, where):
    """family.md C 6: one free amount, or a series of 10 € alone."""
    assert where in client.get(page(culture, "papier/")).text
    response = client.post(where, sent(), follow=True)

    text = response.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Vos 3 tickets de 15,00 € ont bien été générés" in text
    assert [str(ticket.amount) for ticket in Ticket.objects.all()] == ["15.00"] * 3
    assert balance(culture) == "15.00"


def test_sent_twice_they_are_made_once(client, culture, where):
    form = sent()
    first, second = (client.post(where, form) for _ in range(2))

    assert first.url == second.url
    assert Ticket.objects.count() == 3
    # Another number under the same key is another order.
    assert "a déjà servi" in sentences(client.post(where, form | {"quantity": "1"}), "__all__")


@pytest.mark.parametrize(
    ("quantity", "amount", "field", "said"),
    [
        ("", "15", "quantity", "combien de tickets"),
        ("trois", "15", "quantity", "en chiffres"),
        ("0", "15", "quantity", "Au moins un ticket"),
        ("-1", "15", "quantity", "Au moins un ticket"),
        ("101", "1", "quantity", "100 tickets au plus"),
        ("3", "", "amount", "Saisissez un montant"),
        ("3", "0,50", "amount", "au moins 1,00"),
        ("3", "20,01", "amount", "Il ne reste que 60,00"),
        ("3", "19,90", "amount", "changez le nombre de tickets ou leur montant"),
    ],
)
def test_its_limits_say_themselves(client, culture, where, quantity, amount, field, said):
    assert said in sentences(client.post(where, sent(quantity, amount)), field)
    assert balance(culture) == "60.00"


def test_without_a_key_of_ours(client, culture, where):
    assert client.post(where, sent() | {"key": ""}).status_code == 400


def test_the_page_says_how_many(client, culture, where):
    Wallet.objects.update(balance="7.50")
    text = client.get(where).text.replace("\N{NO-BREAK SPACE}", " ")

    assert "De 1 à 7 tickets. Un ticket vaut au moins 1,00 €. En tout, 7,50 € au plus." in text
