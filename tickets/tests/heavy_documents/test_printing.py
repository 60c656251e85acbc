"""security.md F2 and F25: no family stops the site by what it prints."""

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from tickets import services
from tickets.models import Ticket
from tickets.tests.factories import make_ticket, make_tickets
from tickets.throttle_policies import PDF
from tickets.views.ticked import MOST_PRINTED
from wallets.tests.factories import make_wallet

from .printing import printing

pytestmark = pytest.mark.django_db


def test_it_is_noted_once_a_minute(client, child, drawn, monkeypatch):
    """security.md F2: a telephone fetches a PDF a second time, a loop a thousand times."""
    ticket = make_ticket(wallet=make_wallet("60", beneficiary=child))
    for _ in range(3):
        client.get(*printing(child, ticket))
    assert ticket.printings.count() == 1

    monkeypatch.setattr(services, "PRINTED_ONCE_IN", services.PRINTED_ONCE_IN * 0)
    client.get(*printing(child, ticket))
    assert ticket.printings.count() == 2


def test_another_account_that_prints_is_noted(child, drawn):
    ticket = make_ticket(wallet=make_wallet("60", beneficiary=child))
    for actor in (make_user(), make_user()):
        services.record_printing(ticket_ids={ticket.pk}, actor=actor)

    assert ticket.printings.count() == 2


def test_twenty_documents_then_one_a_minute(client, child, drawn, settings):
    """security.md F2."""
    ticket = make_ticket(wallet=make_wallet("60", beneficiary=child))
    free = PDF.account.free
    answers = [client.get(*printing(child, ticket)) for _ in range(free + 1)]

    assert [answer.status_code for answer in answers] == [200] * free + [429]
    assert free == settings.PDFS_AT_ONCE == 20
    assert answers[-1].headers["Retry-After"] == "60"
    assert "Trop d’impressions de suite" in answers[-1].text


def test_more_tickets_than_a_year_has_are_not_drawn_at_once(client, child, drawn):
    """security.md F25: over 340 of them, a bare English 414."""
    numbers = {"ticket": range(1, MOST_PRINTED + 2)}
    answer = client.get(reverse("tickets:print", args=[child.public_id]), numbers, follow=True)

    assert f"Imprimez {MOST_PRINTED} tickets à la fois" in answer.text
    assert drawn == []


def test_a_year_of_tickets_is_drawn_at_once(client, child, drawn):
    tickets = make_tickets(80, amount="1", wallet=make_wallet("80", beneficiary=child))

    assert client.get(*printing(child, *tickets)).status_code == 200
    assert Ticket.objects.filter(printings=None).count() == 0


def test_what_the_page_of_an_order_prints_is_printed(client, child, drawn):
    """security.md F25: its button asks for no more than one document holds."""
    tickets = make_tickets(MOST_PRINTED + 5, amount="1", wallet=make_wallet("200", beneficiary=child))
    page = client.get(reverse("tickets:success", args=[child.public_id, tickets[0].order.key]))

    assert page.text.count("?ticket=") + page.text.count("&amp;ticket=") == MOST_PRINTED
    assert "Imprimer les autres" in page.text
