"""An amount that would leave less than a ticket is warned of, before anything is created."""

import uuid

import pytest

from tickets.models import Ticket
from tickets.rest import warning
from wallets.models import Campaign, Wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def culture(garance, wallets):
    wallets(100, culture="8")
    return garance.wallets.get()


def amount_page(garance, culture):
    return f"/beneficiaires/{garance.public_id}/loisirs/effectuer-une-transaction/papier/{culture.pk}/"


def test_warned_once_then_created(client, garance, culture):
    """family.md 13: 7,50 € of 8,00 € left 0,50 €, dead money, without a word."""
    sent = {"key": str(uuid.uuid4()), "amount": "7,50"}
    page = client.post(amount_page(garance, culture), sent)
    text = page.text.replace("\xa0", " ")
    assert "0,50 € ne pourront plus servir : mettez 8,00 €, ou 7,00 € au plus." in text
    assert "Créer quand même" in text
    assert not Ticket.objects.exists()

    response = client.post(amount_page(garance, culture), sent | {"leave_rest": "on"})
    assert "/felicitations/" in response.url
    # The same form again is no other warning: it was placed.
    Wallet.objects.filter(pk=culture.pk).update(balance="8.00")
    assert client.post(amount_page(garance, culture), sent).url == response.url


def test_on_the_way_to_an_organisme_too(client, garance, culture, offer):
    path = f"/beneficiaires/{garance.public_id}/loisirs/effectuer-une-transaction/organisme/"
    sent = {"key": str(uuid.uuid4()), "amount": "7,50", "offer": offer.pk}
    page = client.post(f"{path}{offer.partner_id}/{culture.pk}/", sent)

    assert "ne pourront plus servir" in page.text
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("amount", ["8", "7", "1", "6,99"])
def test_the_others_are_not(client, garance, culture, amount):
    sent = {"key": str(uuid.uuid4()), "amount": amount}

    assert client.post(amount_page(garance, culture), sent).status_code == 302
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("balance", "step", "amount", "said"),
    [
        ("1.66", "0.01", "1", "0,66 € ne pourront plus servir : mettez 1,66 €."),
        ("8", "0.50", "7.50", "0,50 € ne pourront plus servir : mettez 8,00 €, ou 7,00 € au plus."),
        # Not helped by any amount.
        ("8.66", "1", "8", ""),
        ("8.66", "0.50", "8", "0,66 € ne pourront plus servir : mettez 8,50 €, ou 7,50 € au plus."),
        ("8", "0.01", "8", ""),
    ],
)
def test_where_tickets_go_by_steps(culture, balance, step, amount, said):
    Campaign.objects.update(ticket_step=step)
    Wallet.objects.update(balance=balance)
    wallet = Wallet.objects.select_related("campaign").get()

    assert warning(wallet, type(wallet.balance)(amount)).replace("\xa0", " ") == said


def test_a_series_says_it_on_its_line(client, garance, culture):
    Wallet.objects.update(balance="20.50")
    path = f"/beneficiaires/{garance.public_id}/loisirs/effectuer-une-transaction/papier/"

    assert "Il restera 0,50 €, qui ne pourront plus servir." in client.get(path).text.replace("\xa0", " ")
