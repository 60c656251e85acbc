"""Tickets printed from the statement."""

import io

import pytest
from pypdf import PdfReader

from accounts.tests.factories import make_user
from tickets import services
from tickets.models import Printing
from tickets.tests.factories import make_ticket, make_tickets

from .pages import page

pytestmark = pytest.mark.django_db


def pdf(client, wallet, *tickets):
    response = client.get(page(wallet, "transactions/impression/"), {"ticket": [t.number for t in tickets]})
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def test_three_tickets_to_a_page(client, wallet):
    tickets = make_tickets(6, wallet=wallet)

    assert [len(pdf(client, wallet, *tickets[:n]).pages) for n in (1, 3, 4, 6)] == [1, 1, 2, 2]


def test_who_printed_is_recorded(client, wallet, parent):
    tickets = make_tickets(2, wallet=wallet)
    pdf(client, wallet, *tickets)

    assert set(Printing.objects.values_list("ticket", "actor")) == {(t.pk, parent.pk) for t in tickets}


def test_asking_whether_it_is_there_prints_nothing(client, wallet):
    ticket = make_ticket(wallet=wallet)

    assert client.head(page(wallet, f"transactions/impression/?ticket={ticket.number}")).status_code == 405
    assert not Printing.objects.exists()


def test_nothing_ticked(client, wallet):
    response = client.get(page(wallet, "transactions/impression/?ticket="), follow=True)

    assert "Cochez" in response.text


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 60, "x", "1 OR 1=1"])
def test_a_number_that_is_no_ticket_of_this_child(client, wallet, number):
    ticket = make_ticket(wallet=wallet)
    response = client.get(
        page(wallet, "transactions/impression/"), {"ticket": [ticket.number, number]}, follow=True
    )

    assert response.status_code == 404
    assert not Printing.objects.exists()


def test_a_cancelled_ticket_is_not_printed(client, wallet):
    ticket = make_ticket(wallet=wallet)
    services.cancel(ticket_id=ticket.pk, actor=make_user())
    response = client.get(page(wallet, f"transactions/impression/?ticket={ticket.number}"), follow=True)

    assert "Seul un ticket" in response.text
