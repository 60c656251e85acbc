"""A ticket on screen, and the page of the wallets."""

import pytest

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import State
from tickets.tests.factories import make_ticket, make_tickets
from wallets.models import Kind
from wallets.tests.factories import make_wallet

from .pages import page

pytestmark = pytest.mark.django_db


def test_the_ticket_on_screen_says_what_paper_says(client, wallet):
    ticket = make_ticket("50", wallet=wallet, offer=make_offer("Chant choral"))
    text = client.get(page(wallet, f"transactions/{ticket.number}/")).text

    for word in (
        str(ticket.number),
        ticket.shown_code,
        "50,00\N{NO-BREAK SPACE}€",
        "Activités culturelles",
        wallet.beneficiary.full_name,
        str(wallet.beneficiary.birth_year),
        "Chant choral",
        ticket.offer.partner.name,
        "Ticket strictement personnel",
        'class="qr"',
    ):
        assert word in text


def test_the_wallets_say_where_the_money_is(client, wallet):
    unused, used, cancelled = make_tickets(3, "10", wallet=wallet, offer=make_offer())
    services.use(ticket_id=used.pk, actor=make_user())
    services.cancel(ticket_id=cancelled.pk, actor=make_user())
    make_wallet("20", kind=Kind.SPORT, beneficiary=wallet.beneficiary, campaign=wallet.campaign)
    sport, culture = client.get(page(wallet, "porte-monnaie/")).context["wallets"]

    assert [sport.wallet.kind, culture.wallet.kind] == [Kind.SPORT, Kind.CULTURE]
    assert (culture.granted, culture.wallet.balance) == (1000, 980)
    assert (culture.on_unused, culture.on_used) == (10, 10)
    assert (sport.granted, sport.on_unused, sport.on_used) == (20, 0, 0)
    assert [entry.amount for entry in culture.entries] == [10, -10, -10, -10, 1000]
    assert unused.state == State.UNUSED
