"""A ticket's life: every transition there is, and none other."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from tickets import paying, services
from tickets.exceptions import (
    CancellationTooLate,
    CreditWouldBeLost,
    TicketNotUsed,
)
from tickets.models import USED_STATES, State, Ticket
from tickets.tests.factories import make_ticket
from tickets.tests.states import MOVES, balance, begin_as, close, put_into
from wallets.models import LateCancellation, Wallet

pytestmark = pytest.mark.django_db


ALLOWED = {
    *((State.UNUSED, State.USED), (State.UNUSED, State.CANCELLED), (State.UNUSED, State.EXPIRED)),
    (State.EXPIRED, State.UNUSED),
    *((State.USED, State.IN_PAYMENT), (State.IN_PAYMENT, State.PAID)),
}


@pytest.mark.parametrize("start", State)
@pytest.mark.parametrize("end", State)
def test_every_transition(start, end):
    """code.md 3.10: « Expiré » was the end, even of a last day that was put off the next morning."""
    ticket = make_ticket(offer=make_offer())
    begin_as(start, ticket)
    if (start, end) in ALLOWED:
        put_into(end, ticket)
    elif end in MOVES:
        # Whether it is being paid is not told to who would use it again.
        told = State.USED if start in USED_STATES else start
        with pytest.raises(MOVES[end], match=str(told.label)):
            put_into(end, ticket)
    else:
        put_into(end, ticket)

    ticket.refresh_from_db()
    assert ticket.state == (end if (start, end) in ALLOWED else start)
    assert not Ticket.objects.at_odds_with_ledger().exists()
    assert not Wallet.objects.out_of_balance().exists()


def test_what_leaves_a_batch_is_used_and_may_be_undone():
    ticket = make_ticket(offer=make_offer())
    begin_as(State.IN_PAYMENT, ticket)
    assert paying.leave_batch([ticket.pk])
    services.undo_use(ticket_id=ticket.pk, actor=make_user())
    assert Ticket.objects.get().state == State.UNUSED


def test_what_is_paid_stays_paid():
    ticket = make_ticket(offer=make_offer())
    begin_as(State.PAID, ticket)
    assert not paying.leave_batch([ticket.pk])
    with pytest.raises(TicketNotUsed):
        services.undo_use(ticket_id=ticket.pk, actor=make_user())


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
