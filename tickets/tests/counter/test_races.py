"""Two at a counter at the same instant. Each race has its control: without lock and guard, it shows."""

import uuid

import pytest
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import make_user
from partners.models import Membership
from partners.tests.members import make_member
from tickets import expiry, services
from tickets.models import State, Ticket, TicketQuerySet, Use, used_without_a_use
from tickets.tests.counter.counters import Counter, elsewhere
from tickets.tests.factories import make_ticket
from tickets.tests.unguarded import leave_whatever_state, unlock_tickets
from wallets.models import Kind, Wallet
from wallets.tests.factories import make_wallet

on_postgresql = connection.vendor == "postgresql"
# What stops the second one where nothing else does: the one living use of a ticket.
LAST_RESORT = "IntegrityError" if on_postgresql else "OperationalError"


@pytest.fixture
def wallet(transactional_db):
    return make_wallet("60", kind=Kind.CULTURE)


def unlocked(monkeypatch):
    """No ticket is locked, nor its offer, and none is looked at before it is written over."""
    unlock_tickets(monkeypatch.setattr)
    monkeypatch.setattr(services, "_leave_unused", leave_whatever_state)


def agrees(ticket) -> State:
    """The state that is left, once all that tells of it says the same."""
    assert not used_without_a_use().exists()
    assert not Use.objects.at_odds_with_tickets().exists()
    assert not Ticket.objects.at_odds_with_ledger().exists()
    assert not Wallet.objects.out_of_balance().exists()
    ticket.refresh_from_db()
    return State(ticket.state)


CASES = [
    pytest.param(True, id="one of them wins"),
    # The control: only « one living use » is left.
    pytest.param(False, id="without lock and guard"),
]


@pytest.mark.parametrize("guarded", CASES)
def test_two_members_of_one_organisme(at_once, meeting_before, without_lock, monkeypatch, wallet, guarded):
    counter, ticket = Counter(), make_ticket(wallet=wallet)
    colleague = Counter(offer=counter.offer)
    meeting_before(TicketQuerySet, "update", sure=not guarded)
    if not guarded:
        without_lock()
        unlocked(monkeypatch)
    outcomes = at_once(lambda: counter.use(ticket), lambda: colleague.use(ticket))

    assert outcomes == sorted(["UsedHere" if guarded else LAST_RESORT, "done"])
    assert agrees(ticket) == State.USED
    assert Use.objects.count() == 1


@pytest.mark.parametrize("guarded", CASES)
def test_two_organismes(at_once, meeting_before, without_lock, monkeypatch, wallet, guarded):
    here, there, ticket = Counter(), elsewhere(), make_ticket(wallet=wallet)
    meeting_before(TicketQuerySet, "update", sure=not guarded)
    if not guarded:
        without_lock()
        unlocked(monkeypatch)
    outcomes = at_once(lambda: here.use(ticket), lambda: there.use(ticket))

    assert outcomes == sorted(["UsedElsewhere" if guarded else LAST_RESORT, "done"])
    assert agrees(ticket) == State.USED


def test_one_form_sent_twice_at_once_answers_the_same_use(at_once, meeting_before, wallet):
    counter, ticket, key = Counter(), make_ticket(wallet=wallet), uuid.uuid4()
    meeting_before(TicketQuerySet, "update")
    outcomes = at_once(*[lambda: counter.use(ticket, key=key)] * 2)

    assert outcomes == ["done", "done"]
    assert agrees(ticket) == State.USED
    assert Use.objects.count() == 1


def test_by_its_code_and_from_the_list(at_once, meeting_before, wallet):
    counter = Counter()
    colleague, ticket = Counter(offer=counter.offer), make_ticket(wallet=wallet, offer=counter.offer)
    meeting_before(TicketQuerySet, "update")
    outcomes = at_once(lambda: counter.use(ticket), lambda: colleague.use(ticket, by_code=False))

    assert outcomes == ["UsedHere", "done"]
    assert agrees(ticket) == State.USED


def test_used_while_its_family_cancels_it(at_once, meeting_before, wallet):
    counter, ticket, parent = Counter(), make_ticket(wallet=wallet), make_user()
    meeting_before(TicketQuerySet, "update")
    outcomes = at_once(
        lambda: counter.use(ticket), lambda: services.cancel(ticket_id=ticket.pk, actor=parent)
    )

    used, cancelled = ["TicketNotCancellable", "done"], ["Cancelled", "done"]
    assert (outcomes, agrees(ticket)) in [(used, State.USED), (cancelled, State.CANCELLED)]


@pytest.mark.parametrize("guarded", CASES)
def test_undone_by_two(at_once, meeting_before, without_lock, monkeypatch, wallet, guarded):
    counter, ticket = Counter(), make_ticket(wallet=wallet)
    use = counter.use(ticket)
    meeting_before(TicketQuerySet, "update", sure=not guarded)
    if not guarded:
        without_lock()
        unlock_tickets(monkeypatch.setattr)
    outcomes = at_once(*[lambda: counter.undo(use)] * 2)

    # Without the lock both have found it living; the guarded update lets one through all the same.
    refusal = "AlreadyUndone" if guarded else "TicketNotUsed" if on_postgresql else "OperationalError"
    assert outcomes == sorted([refusal, "done"])
    assert agrees(ticket) == State.UNUSED


def test_undone_while_it_is_used_again(at_once, meeting_before, wallet):
    counter, ticket = Counter(), make_ticket(wallet=wallet)
    use = counter.use(ticket)
    meeting_before(TicketQuerySet, "update")
    outcomes = at_once(lambda: counter.undo(use), lambda: counter.use(ticket))

    refused, again = ["UsedHere", "done"], ["done", "done"]
    assert (outcomes, agrees(ticket)) in [(refused, State.UNUSED), (again, State.USED)]


def test_used_while_the_night_marks_what_has_expired(at_once, meeting_before, wallet):
    counter, ticket = Counter(), make_ticket(wallet=wallet)
    meeting_before(TicketQuerySet, "update")
    outcomes = at_once(lambda: counter.use(ticket), lambda: expiry.expire(today=timezone.localdate()))

    assert (outcomes, agrees(ticket)) == (["done", "done"], State.USED)


def test_two_join_at_once_as_the_same_account(at_once, meeting_before, transactional_db):
    counter, user = Counter(), make_user()
    meeting_before(Membership, "save")
    outcomes = at_once(*[lambda: make_member(counter.partner, user=user)] * 2)

    assert outcomes == ["done", "done"]
    assert Membership.objects.open().filter(user=user).count() == 1
