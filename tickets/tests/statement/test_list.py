"""The statement of a child's tickets."""

import pytest

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer, make_partner
from tickets import services
from tickets.tests.factories import make_ticket, make_tickets

from .pages import numbers, onward, page

pytestmark = pytest.mark.django_db


def test_it_says_what_the_guide_shows(client, wallet):
    offer = make_offer(partner=make_partner("MAITRISE STE MARIE D ANTONY"))
    ticket = make_ticket("50", wallet=wallet, offer=offer)
    text = client.get(page(wallet, "transactions/")).text

    for word in (
        f"{ticket.created_at.astimezone():%d/%m/%Y}",
        str(ticket.number),
        "MAITRISE STE MARIE D ANTONY",
        "Activités culturelles",
        "50,00\N{NO-BREAK SPACE}€",
        "Non utilisé",
    ):
        assert word in text


def test_cancelled_tickets_are_shown_only_when_asked_for(client, wallet):
    cancelled, kept = make_tickets(2, wallet=wallet)
    services.cancel(ticket_id=cancelled.pk, actor=make_user())

    assert numbers(client.get(page(wallet, "transactions/"))) == [kept.number]
    assert numbers(client.get(page(wallet, "transactions/?annules=1"))) == [kept.number, cancelled.number]


def test_older_tickets_are_one_button_away(client, wallet):
    tickets = make_tickets(60, "1", wallet=wallet)
    newest_first = [ticket.number for ticket in reversed(tickets)]
    first = client.get(page(wallet, "transactions/?annules=1"))
    second = onward(client, first, "older")

    assert numbers(first) + numbers(second) == newest_first
    assert second.context["show_cancelled"]
    assert second.context["older"] is None


@pytest.mark.parametrize("before", ["x", "", "-1", "9" * 60, "²"])
def test_a_strange_page(client, wallet, before):
    make_ticket(wallet=wallet)

    assert client.get(page(wallet, "transactions/"), {"avant": before}).status_code == 200


@pytest.mark.parametrize("path", ["transactions/", "porte-monnaie/", "../"])
def test_as_many_queries_for_two_tickets_as_for_fifty(client, wallet, path, django_assert_max_num_queries):
    offer, address, counts = make_offer(), page(wallet, path), []
    # The first visit of a session is noted in it.
    client.get(address)
    for quantity in (2, 48):
        make_tickets(quantity, "1", wallet=wallet, offer=offer)
        with django_assert_max_num_queries(20) as queries:
            client.get(address, follow=True)
        counts.append(len(queries))

    assert counts[0] == counts[1]
