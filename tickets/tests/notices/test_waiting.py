"""Notices that wait, because of a fault, of a loop, or of another deliverer."""

import datetime as dt

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.tests.factories import make_beneficiary, make_user
from core import mail, tasks
from core.tests.queue import work
from tickets import services
from tickets.models import Notice, Ticket
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


def test_a_message_that_cannot_be_written_keeps_neither_ticket_nor_the_next_ones_from_being(
    told, mailoutbox, monkeypatch, caplog, wallet
):
    send, failures = mail.send, [RuntimeError("no room left")]

    def fail_once(*args, **kwargs):
        if failures:
            raise failures.pop()
        send(*args, **kwargs)

    monkeypatch.setattr("core.mail.send", fail_once)
    with told():
        make_ticket("10", wallet=wallet)
        make_ticket("20", wallet=wallet)

    assert Ticket.objects.count() == 2
    assert "no room left" in caplog.text
    [message] = mailoutbox
    assert "20,00" in message.body
    # It is kept, for an agent to try it again.
    assert (Notice.objects.count(), tasks.failed().count()) == (1, 1)
    tasks.retry(tasks.failed())
    work()
    assert "10,00" in mailoutbox[-1].body
    assert not Notice.objects.exists()


def test_a_database_that_is_busy_leaves_it_for_later(mailoutbox, monkeypatch, wallet):
    make_ticket(wallet=wallet)
    send, troubles = mail.send, [OperationalError("lock timeout")]

    def busy_once(*args, **kwargs):
        if troubles:
            raise troubles.pop()
        send(*args, **kwargs)

    monkeypatch.setattr("core.mail.send", busy_once)
    work()
    assert (mailoutbox, Notice.objects.count()) == ([], 1)
    DBTaskResult.objects.update(run_after=timezone.now())
    work()

    assert len(mailoutbox) == 1


def test_a_loop_is_told_in_one_message(told, mailoutbox, wallet):
    """security.md F11: 117 tickets created and cancelled in ten seconds were 468 messages."""
    actor = make_user()
    with told():
        for _ in range(10):
            ticket = make_ticket(wallet=wallet)
            services.cancel(ticket_id=ticket.pk, actor=actor)

    [message] = mailoutbox
    assert message.subject == "10 tickets changés pour Garance"
    assert message.body.count("créé, puis annulé") == 10
    assert f"n°\N{NO-BREAK SPACE}{ticket.number} de 10,00" in message.body
    assert not Notice.objects.exists()


def test_the_first_three_leave_as_they_come_the_others_wait_ten_minutes(mailoutbox, wallet, monkeypatch):
    """security.md F11: round after round."""
    for _ in range(6):
        make_ticket("1", wallet=wallet)
        work()
    assert [message.subject for message in mailoutbox] == ["Ticket créé pour Garance"] * 3
    assert Notice.objects.count() == 3
    make_ticket("1", wallet=wallet)

    later = timezone.now() + dt.timedelta(minutes=10)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    work()

    assert [message.subject for message in mailoutbox[3:]] == ["4 tickets changés pour Garance"]
    assert not Notice.objects.exists()


def test_who_waits_keeps_no_other_family_waiting(mailoutbox, wallet):
    """security.md F11."""
    for _ in range(6):
        make_ticket("1", wallet=wallet)
        work()
    make_ticket("1", wallet=make_wallet(beneficiary=make_beneficiary(make_user("dominique"))))

    assert work() == 1
    assert mailoutbox[-1].to == ["dominique@famille.example"]


def test_what_waits_is_no_work_of_this_round(mailoutbox, wallet):
    """The command goes on until nothing is left to do: what must wait is not."""
    for _ in range(6):
        make_ticket("1", wallet=wallet)
        work()

    assert work() == 0


def test_two_deliverers_tell_it_once(at_once, mailoutbox):
    make_ticket(wallet=make_wallet(beneficiary=make_beneficiary(make_user("camille"))))

    assert at_once(work, work) == ["done", "done"]
    assert len(mailoutbox) == 1
