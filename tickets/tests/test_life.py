"""A ticket's life: every transition there is, and none other."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer, make_partner
from tickets import services
from tickets.exceptions import (
    CancellationTooLate,
    CreditWouldBeLost,
    TicketNotCancellable,
    TicketNotUsable,
    TicketNotUsed,
)
from tickets.models import State, Ticket, TicketQuerySet
from tickets.tests.factories import make_ticket, make_tickets
from wallets.models import Campaign, Kind, LateCancellation, Wallet
from wallets.tests.factories import days

pytestmark = pytest.mark.django_db


def close(ticket, **fields):
    """Let the campaign's last ticket and cancellation days be over."""
    Campaign.objects.filter(pk=ticket.wallet.campaign_id).update(
        last_ticket_on=days(-1), last_cancellation_on=days(-1), **fields
    )


def end_validation(ticket):
    close(ticket, last_validation_on=days(-1))


def balance(ticket):
    return Wallet.objects.get(pk=ticket.wallet_id).balance


def put_into(state, ticket):
    match state:
        case State.USED:
            services.use(ticket_id=ticket.pk, actor=make_user())
        case State.CANCELLED:
            services.cancel(ticket_id=ticket.pk, actor=make_user())
        case State.EXPIRED:
            end_validation(ticket)
            services.expire(today=timezone.localdate())
        case State.UNUSED:
            put_off(ticket)
            services.revive(today=timezone.localdate())


def put_off(ticket):
    """Let the campaign's last day of use be later."""
    Campaign.objects.filter(pk=ticket.wallet.campaign_id).update(last_validation_on=days(700))


MOVES = {State.USED: TicketNotUsable, State.CANCELLED: TicketNotCancellable}
ALLOWED = {
    *((State.UNUSED, State.USED), (State.UNUSED, State.CANCELLED), (State.UNUSED, State.EXPIRED)),
    (State.EXPIRED, State.UNUSED),
}


@pytest.mark.parametrize("start", State)
@pytest.mark.parametrize("end", State)
def test_every_transition(start, end):
    """code.md 3.10: « Expiré » was the end, even of a last day that was put off the next morning."""
    ticket = make_ticket(offer=make_offer())
    if start != State.UNUSED:
        put_into(start, ticket)
    if (start, end) in ALLOWED:
        put_into(end, ticket)
    elif end in MOVES:
        with pytest.raises(MOVES[end], match=start.label):
            put_into(end, ticket)
    else:
        put_into(end, ticket)

    ticket.refresh_from_db()
    assert ticket.state == (end if (start, end) in ALLOWED else start)
    assert not Ticket.objects.at_odds_with_ledger().exists()
    assert not Wallet.objects.out_of_balance().exists()


def test_cancelling_gives_the_credit_back_and_says_who():
    ticket, actor = make_ticket("50.00"), make_user()
    services.cancel(ticket_id=ticket.pk, actor=actor)
    ticket.refresh_from_db()

    assert balance(ticket) == Decimal(60)
    assert ticket.cancelled_by == actor
    assert ticket.entry.reversed_by.actor == actor


def test_late_cancelling_is_refused_by_default():
    ticket = make_ticket("50.00")
    close(ticket)
    with pytest.raises(CancellationTooLate):
        services.cancel(ticket_id=ticket.pk, actor=make_user(), accept_loss=True)

    assert balance(ticket) == Decimal(10)


def test_where_the_campaign_allows_it_late_cancelling_loses_the_credit_of_who_accepts_it():
    ticket = make_ticket("50.00")
    close(ticket, late_cancellation=LateCancellation.FORFEITS)
    with pytest.raises(CreditWouldBeLost):
        services.cancel(ticket_id=ticket.pk, actor=make_user())
    services.cancel(ticket_id=ticket.pk, actor=make_user(), accept_loss=True)
    ticket.refresh_from_db()

    assert ticket.state == State.CANCELLED
    assert ticket.credit_lost
    assert balance(ticket) == Decimal(10)
    assert not Wallet.objects.out_of_balance().exists()
    assert not Ticket.objects.at_odds_with_ledger().exists()


def test_a_paper_ticket_receives_its_organisme_when_it_is_used():
    ticket, offer = make_ticket(), make_offer()
    services.use(ticket_id=ticket.pk, offer_id=offer.pk, actor=make_user())
    ticket.refresh_from_db()

    assert (ticket.state, ticket.offer) == (State.USED, offer)


def test_an_assigned_ticket_is_honoured_after_its_organisme_has_left():
    offer = make_offer()
    ticket = make_ticket(offer=offer)
    offer.partner.affiliated_until = days(-1)
    offer.partner.save()
    services.use(ticket_id=ticket.pk, actor=make_user())
    ticket.refresh_from_db()

    assert ticket.state == State.USED


@pytest.mark.parametrize(
    "offer",
    [
        lambda: None,
        lambda: make_offer(kind=Kind.SPORT).pk,
        lambda: make_offer(partner=make_partner(affiliated_until=days(-1))).pk,
        lambda: 10**9,
    ],
    ids=["nowhere", "of the other kind", "that has left", "that does not exist"],
)
def test_where_a_paper_ticket_is_not_taken(offer):
    ticket = make_ticket()
    with pytest.raises(TicketNotUsable):
        services.use(ticket_id=ticket.pk, offer_id=offer(), actor=make_user())


def test_an_assigned_ticket_is_not_taken_elsewhere():
    ticket = make_ticket(offer=make_offer())
    with pytest.raises(TicketNotUsable):
        services.use(ticket_id=ticket.pk, offer_id=make_offer().pk, actor=make_user())


def test_expired_shows_as_soon_as_the_day_is_past_and_the_daily_command_writes_it(capsys):
    ticket, still_valid = make_ticket(), make_ticket()
    end_validation(ticket)
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.state, ticket.state_label) == (State.UNUSED, "Expiré")

    for count in (1, 0):
        call_command("expire_tickets")
        assert capsys.readouterr().out == f"Tickets expirés : {count}.\n"
    ticket.refresh_from_db()
    still_valid.refresh_from_db()
    assert (ticket.state, still_valid.state) == (State.EXPIRED, State.UNUSED)


def test_an_agents_mistake_is_undone():
    ticket = make_ticket(offer=make_offer())
    put_into(State.USED, ticket)
    services.undo_use(ticket_id=ticket.pk)
    ticket.refresh_from_db()

    assert (ticket.state, ticket.used_at, ticket.used_by) == (State.UNUSED, None, None)
    assert ticket.offer == ticket.order.offer
    put_into(State.CANCELLED, ticket)


def test_a_paper_ticket_whose_use_is_undone_belongs_to_no_organisme_again():
    ticket = make_ticket()
    services.use(ticket_id=ticket.pk, offer_id=make_offer().pk, actor=make_user())
    services.undo_use(ticket_id=ticket.pk)
    ticket.refresh_from_db()

    assert ticket.offer is None


@pytest.mark.parametrize("move", [State.USED, State.CANCELLED])
def test_a_last_day_that_is_put_off_counts_at_once(move):
    """code.md 3.10: before the night takes its mark off."""
    ticket = make_ticket(offer=make_offer())
    put_into(State.EXPIRED, ticket)
    with pytest.raises(MOVES[move], match="Expiré"):
        put_into(move, Ticket.objects.get(pk=ticket.pk))
    Campaign.objects.filter(pk=ticket.wallet.campaign_id).update(
        last_cancellation_on=days(90), last_validation_on=days(90)
    )

    today = timezone.localdate()
    assert Ticket.objects.get(pk=ticket.pk).displayed_state == State.UNUSED
    assert list(Ticket.objects.usable_on(today)) == [ticket]
    assert list(Ticket.objects.shown_as(State.EXPIRED, today)) == []
    put_into(move, ticket)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.expired_at) == (move, None)
    assert not Ticket.objects.at_odds_with_ledger().exists()


@pytest.mark.parametrize("state", State)
def test_what_the_list_of_agents_finds_is_what_each_ticket_shows(state):
    """code.md 3.10: before the night and after it."""
    today = timezone.localdate()
    for start in State:
        ticket = make_ticket(offer=make_offer())
        if start != State.UNUSED:
            put_into(start, ticket)
    end_validation(overdue := make_ticket())
    put_into(State.EXPIRED, revived := make_ticket())
    put_off(revived)
    found = set(Ticket.objects.shown_as(state, today))

    assert found == {
        it for it in Ticket.objects.select_related("wallet__campaign") if it.displayed_state == state
    }
    assert (overdue in found) == (state == State.EXPIRED)
    assert (revived in found) == (state == State.UNUSED)


def test_the_night_goes_by_ranges_of_numbers_and_over_all_of_them(monkeypatch):
    """admin.md 9: one UPDATE of 89,856 tickets died of the statement timeout."""
    monkeypatch.setattr(services, "AT_ONCE", 2)
    over, spared = make_tickets(5, "1"), make_ticket()
    end_validation(over[0])
    today = timezone.localdate()

    with CaptureQueriesContext(connection) as asked:
        assert services.expire(today=today) == 5
    assert sum(query["sql"].startswith("UPDATE") for query in asked) == 3
    assert {it.pk for it in Ticket.objects.filter(state=State.EXPIRED)} == {it.pk for it in over}
    assert services.expire(today=today) == 0

    put_off(over[0])
    assert services.revive(today=today) == 5
    assert Ticket.objects.filter(state=State.UNUSED).count() == 6
    spared.refresh_from_db()
    assert spared.state == State.UNUSED


def test_the_night_goes_on_where_it_was_stopped(monkeypatch):
    """admin.md 9: what the first ranges wrote is kept."""
    monkeypatch.setattr(services, "AT_ONCE", 2)
    tickets = make_tickets(5, "1")
    end_validation(tickets[0])
    calls = iter([TicketQuerySet.update] * 2)

    def stopped(rows, **fields):
        return next(calls)(rows, **fields)

    with monkeypatch.context() as patch:
        patch.setattr(TicketQuerySet, "update", stopped)
        with pytest.raises(StopIteration):
            services.expire(today=timezone.localdate())
    assert Ticket.objects.filter(state=State.EXPIRED).count() == 4

    assert services.expire(today=timezone.localdate()) == 1


@pytest.mark.parametrize("late_cancellation", LateCancellation)
def test_an_agent_stops_a_stolen_ticket_after_the_last_day(late_cancellation):
    """admin.md 8: in July nobody could, and it stayed usable for a year."""
    ticket = make_ticket("50.00")
    close(ticket, late_cancellation=late_cancellation)
    with pytest.raises(CreditWouldBeLost):
        services.stop(ticket_id=ticket.pk, actor=make_user())

    assert not services.stop(ticket_id=ticket.pk, actor=make_user(), accept_loss=True)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.credit_lost, balance(ticket)) == (State.CANCELLED, True, Decimal(10))
    assert not Ticket.objects.at_odds_with_ledger().exists()
    assert not Wallet.objects.out_of_balance().exists()


def test_before_the_last_day_an_agent_gives_the_credit_back():
    ticket = make_ticket("50.00")

    assert services.stop(ticket_id=ticket.pk, actor=make_user())
    assert balance(ticket) == Decimal(60)


@pytest.mark.parametrize("state", [State.USED, State.CANCELLED, State.EXPIRED])
def test_what_is_no_longer_usable_is_not_stopped(state):
    ticket = make_ticket(offer=make_offer())
    put_into(state, ticket)
    with pytest.raises(TicketNotCancellable):
        services.stop(ticket_id=ticket.pk, actor=make_user(), accept_loss=True)


@pytest.mark.parametrize("start", [State.UNUSED, State.CANCELLED, State.EXPIRED])
def test_what_was_not_used_has_no_use_to_undo(start):
    ticket = make_ticket(offer=make_offer())
    if start != State.UNUSED:
        put_into(start, ticket)
    with pytest.raises(TicketNotUsed, match=start.label):
        services.undo_use(ticket_id=ticket.pk)
