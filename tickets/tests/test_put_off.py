"""A last day that is put off: what was « Expiré » is a ticket again, on every page at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from privacy.my_data.held import held
from tickets import expiry
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Campaign, Kind
from wallets.tests.factories import days, make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    parent = make_user()
    client.force_login(parent)
    return parent


@pytest.fixture
def ticket(parent):
    """Marked « Expiré » by the night; then staff put the last day off."""
    wallet = make_wallet("60", kind=Kind.SPORT, beneficiary=make_beneficiary(parent))
    ticket = make_ticket("20", wallet=wallet, offer=make_offer(kind=Kind.SPORT), actor=parent)
    campaign = Campaign.objects.filter(pk=wallet.campaign_id)
    over = {"last_ticket_on": days(-9), "last_cancellation_on": days(-9)}
    campaign.update(**over, last_validation_on=days(-1))
    assert expiry.expire(today=timezone.localdate()) == 1
    campaign.update(last_validation_on=days(30))
    return Ticket.objects.select_related("wallet__campaign", "wallet__beneficiary").get(pk=ticket.pk)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("tickets:home", "Voir le ticket n° {ticket.number}<"),
        ("tickets:statement", "Non utilisé<"),
        ("tickets:wallets", 'Sur des tickets non utilisés</dt><dd class="amount">20,00 €<'),
    ],
)
def test_the_pages_show_it_as_unused(client, ticket, name, told):
    """code.md 3.10: statement, home and wallets agree before the night."""
    page = client.get(reverse(name, args=[ticket.wallet.beneficiary.public_id])).text

    assert "Expiré" not in page
    assert told.format(ticket=ticket) in page.replace("\N{NO-BREAK SPACE}", " ")


def test_its_pdf_is_drawn(client, ticket):
    """code.md 3.10: what is expired is not printed; this one is."""
    page = reverse("tickets:print", args=[ticket.wallet.beneficiary.public_id])
    response = client.get(page, {"ticket": ticket.number})

    assert response.headers["Content-Type"] == "application/pdf"


def test_what_is_held_about_the_family_says_so_too(parent, ticket):
    """code.md 3.10: no day on which it expired."""
    [child] = held(parent)["Bénéficiaires"]
    [wallet] = child["Porte-monnaie"]
    [told] = wallet["Tickets"]

    assert (told["État"], told["Expiré le"]) == ("Non utilisé", None)
