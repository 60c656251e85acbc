"""A ticket cancelled by its family."""

import pytest

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import State
from tickets.tests.factories import make_ticket
from wallets.models import Campaign, LateCancellation
from wallets.tests.factories import days

from .pages import page, state

pytestmark = pytest.mark.django_db


def test_it_is_confirmed_first_and_says_what_comes_back(client, wallet):
    ticket = make_ticket("50", wallet=wallet)
    where = page(wallet, f"transactions/{ticket.number}/annuler/")
    asked = client.get(where)
    assert state(ticket) == State.UNUSED
    assert "50,00\N{NO-BREAK SPACE}€" in asked.text

    response = client.post(where, follow=True)
    assert state(ticket) == State.CANCELLED
    assert "est annulé" in response.text


def test_twice_gives_back_once_and_says_so(client, wallet):
    ticket = make_ticket("50", wallet=wallet)
    where = page(wallet, f"transactions/{ticket.number}/annuler/")
    client.post(where)
    response = client.post(where, follow=True)
    wallet.refresh_from_db()

    assert "ne peut plus être annulé" in response.text
    assert "ne peut plus être annulé" in client.get(where, follow=True).text
    assert wallet.balance == 1000


def test_a_used_ticket(client, wallet):
    ticket = make_ticket("50", wallet=wallet, offer=make_offer())
    services.use(ticket_id=ticket.pk, actor=make_user())
    client.post(page(wallet, f"transactions/{ticket.number}/annuler/"))

    assert state(ticket) == State.USED


def test_an_unknown_ticket(client, wallet):
    for number in (0, 10**17, 10**60):
        assert client.get(page(wallet, f"transactions/{number}/annuler/")).status_code == 404


def test_a_loss_that_the_page_did_not_announce_does_not_happen(client, wallet):
    """The page was shown before midnight, and promised the credit back."""
    ticket = make_ticket("50", wallet=wallet)
    where = page(wallet, f"transactions/{ticket.number}/annuler/")
    assert "accept_loss" not in client.get(where).text
    Campaign.objects.update(
        last_ticket_on=days(-1),
        last_cancellation_on=days(-1),
        late_cancellation=LateCancellation.FORFEITS,
    )
    response = client.post(where, follow=True)
    assert "ne rend plus son crédit" in response.text
    assert state(ticket) == State.UNUSED

    assert "accept_loss" in client.get(where).text
    assert "Son crédit est perdu." in client.post(where, {"accept_loss": "1"}, follow=True).text
    assert state(ticket) == State.CANCELLED
    assert client.get(page(wallet, "porte-monnaie/")).context["wallets"][0].lost == 50


def test_a_loss_that_was_announced_and_does_not_happen_is_not_told(client, wallet):
    """The page was shown too late; then an agent moved the last day."""
    ticket = make_ticket("50", wallet=wallet)
    where = page(wallet, f"transactions/{ticket.number}/annuler/")

    assert "est annulé." in (said := client.post(where, {"accept_loss": "1"}, follow=True).text)
    assert "Son crédit est perdu" not in said
