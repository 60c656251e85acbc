"""Two guardians at the same instant. Each race has its control: without lock or guard, it shows."""

import time
import uuid
from decimal import Decimal
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from tickets import expiry, services
from tickets.models import Order, State, Ticket, TicketQuerySet
from tickets.tests.factories import make_ticket
from tickets.tests.unguarded import leave_whatever_state, unlock_tickets
from wallets import services as wallet_services
from wallets.models import Wallet
from wallets.tests.factories import days, make_wallet

on_postgresql = connection.vendor == "postgresql"
# What stops the second one where nothing else does.
LAST_RESORT = "IntegrityError" if on_postgresql else "OperationalError"


def order(wallet, actor, amount="40", key=None):
    key = key or uuid.uuid4()
    return lambda: services.order(
        key=key, wallet_id=wallet.pk, offer_id=None, amount=Decimal(amount), actor=actor
    )


def cancel(ticket, actor):
    return lambda: services.cancel(ticket_id=ticket.pk, actor=actor)


def use(ticket, actor):
    return lambda: services.use(ticket_id=ticket.pk, actor=actor)


def balance(wallet):
    wallet.refresh_from_db()
    assert not Wallet.objects.out_of_balance().exists()
    assert not Ticket.objects.at_odds_with_ledger().exists()
    return wallet.balance


@pytest.mark.parametrize(
    ("locked", "refusal"),
    [
        pytest.param(True, "InsufficientFunds", id="the lock makes the second one wait"),
        # The control: it shows that the case above tests the lock, and not our luck.
        pytest.param(False, LAST_RESORT, id="without it only the database refuses"),
    ],
)
def test_two_guardians_spend_the_same_money(at_once, meeting_before, without_lock, locked, refusal):
    wallet = make_wallet("60")
    meeting_before(Order, "save", sure=not locked)
    if not locked:
        without_lock()

    assert at_once(order(wallet, make_user()), order(wallet, make_user())) == sorted([refusal, "done"])
    assert balance(wallet) == Decimal(20)


@pytest.mark.parametrize(
    ("locked", "outcomes"),
    [
        pytest.param(True, ["done", "done"], id="the second one finds the first order"),
        # The control: neither finds the other's, and the key's uniqueness is all that is left.
        pytest.param(False, [LAST_RESORT, "done"], id="without a look"),
    ],
)
def test_one_form_sent_twice_at_once(at_once, meeting_before, without_lock, monkeypatch, locked, outcomes):
    wallet = make_wallet("60")
    meeting_before(Order, "save", sure=not locked)
    if not locked:
        without_lock()
        monkeypatch.setattr(services, "_first_of", lambda asked: None)
    sent = order(wallet, make_user(), key=uuid.uuid4())

    assert at_once(sent, sent) == outcomes
    assert balance(wallet) == Decimal(20)
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("locked", "guarded", "refusal"),
    [
        pytest.param(True, True, "TicketNotCancellable", id="lock and guard"),
        pytest.param(False, True, "TicketNotCancellable", id="the guard alone is enough"),
        # The control: without either, only « reversed at most once » is left.
        pytest.param(False, False, "AlreadyReversed", id="neither"),
    ],
)
def test_two_guardians_cancel_the_same_ticket(
    at_once, meeting_before, without_lock, monkeypatch, locked, guarded, refusal
):
    wallet = make_wallet("60")
    ticket = make_ticket("50", wallet=wallet)
    meeting_before(TicketQuerySet, "update", sure=not locked)
    if not locked:
        without_lock()
        refusal = refusal if on_postgresql else "OperationalError"
    if not guarded:
        monkeypatch.setattr(services, "_leave_unused", leave_whatever_state)

    assert at_once(cancel(ticket, make_user()), cancel(ticket, make_user())) == [refusal, "done"]
    assert balance(wallet) == Decimal(60)


@pytest.mark.parametrize(
    ("guarded", "outcomes"),
    [
        pytest.param(
            True, [["TicketNotCancellable", "done"], ["TicketNotUsable", "done"]], id="one of them wins"
        ),
        # The control: a ticket that is used and paid back.
        pytest.param(
            False,
            [["done", "done"] if on_postgresql else ["OperationalError", "done"]],
            id="without the guard",
        ),
    ],
)
def test_cancelled_by_one_while_used_by_the_other(
    at_once, meeting_before, without_lock, monkeypatch, guarded, outcomes
):
    ticket = make_ticket("50", offer=make_offer())
    meeting_before(TicketQuerySet, "update", sure=not guarded)
    if not guarded:
        without_lock()
        unlock_tickets(monkeypatch.setattr)
        monkeypatch.setattr(services, "_leave_unused", leave_whatever_state)

    assert at_once(cancel(ticket, make_user()), use(ticket, make_user())) in outcomes


@pytest.mark.parametrize(
    ("guarded", "outcomes"),
    [
        pytest.param(
            True,
            [["done", "done"], ["TicketNotCancellable", "done"]],
            id="the second one sees what the first one did",
        ),
        # The control: found by a join before the wait, and written all the same after it. On SQLite
        # what writes is alone, so it depends on who comes first whether the other has to give up.
        pytest.param(
            False,
            [["IntegrityError", "done"]]
            if on_postgresql
            else [["OperationalError", "done"], ["done", "done"]],
            id="without the guard",
        ),
    ],
)
def test_cancelled_while_the_nightly_command_lets_it_expire(
    at_once, meeting_before, without_lock, monkeypatch, guarded, outcomes
):
    ticket, day = make_ticket("50"), days(1000)
    expire = expiry.expire
    if guarded:
        meeting_before(TicketQuerySet, "update")
    else:
        without_lock()
        expire = when_it_is_half_cancelled(monkeypatch, expire_by_a_join)

    assert at_once(cancel(ticket, make_user()), lambda: expire(today=day)) in outcomes
    assert not Ticket.objects.at_odds_with_ledger().exists()


def when_it_is_half_cancelled(monkeypatch, expire):
    """Whoever cancels has written so, and dawdles before it gives the credit back."""
    written, reverse = Event(), wallet_services.reverse

    def dawdle(**arguments):
        written.set()
        time.sleep(0.5)
        return reverse(**arguments)

    def meanwhile(today):
        written.wait(20)
        return expire(today)

    monkeypatch.setattr(wallet_services, "reverse", dawdle)
    return meanwhile


def expire_by_a_join(today):
    return Ticket.objects.outdated_on(today).update(state=State.EXPIRED, expired_at=timezone.now())
