"""The night marks what expired, in ranges of numbers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tickets import expiry
from tickets.models import State, Ticket, TicketQuerySet
from tickets.tests.factories import make_ticket, make_tickets
from tickets.tests.states import end_validation, put_off

pytestmark = pytest.mark.django_db


def test_the_night_goes_by_ranges_of_numbers_and_over_all_of_them(monkeypatch):
    """admin.md 9: one UPDATE of 89,856 tickets died of the statement timeout."""
    monkeypatch.setattr(expiry, "AT_ONCE", 2)
    over, spared = make_tickets(5, "1"), make_ticket()
    end_validation(over[0])
    today = timezone.localdate()

    with CaptureQueriesContext(connection) as asked:
        assert expiry.expire(today=today) == 5
    assert sum(query["sql"].startswith("UPDATE") for query in asked) == 3
    assert {it.pk for it in Ticket.objects.filter(state=State.EXPIRED)} == {it.pk for it in over}
    assert expiry.expire(today=today) == 0

    put_off(over[0])
    assert expiry.revive(today=today) == 5
    assert Ticket.objects.filter(state=State.UNUSED).count() == 6
    spared.refresh_from_db()
    assert spared.state == State.UNUSED


def test_the_night_goes_on_where_it_was_stopped(monkeypatch):
    """admin.md 9: what the first ranges wrote is kept."""
    monkeypatch.setattr(expiry, "AT_ONCE", 2)
    tickets = make_tickets(5, "1")
    end_validation(tickets[0])
    calls = iter([TicketQuerySet.update] * 2)

    def stopped(rows, **fields):
        return next(calls)(rows, **fields)

    with monkeypatch.context() as patch:
        patch.setattr(TicketQuerySet, "update", stopped)
        with pytest.raises(StopIteration):
            expiry.expire(today=timezone.localdate())
    assert Ticket.objects.filter(state=State.EXPIRED).count() == 4

    assert expiry.expire(today=timezone.localdate()) == 1
