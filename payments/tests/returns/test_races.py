"""Two agents, and a return, at the same instant; each race has its control."""

import threading

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.tests.factories import make_user
from payments import outcomes
from payments.models import Correction, Fate, Outcome, ReturnFile, ReturnState, Verdict
from payments.returns import confirming, receiving, writing
from payments.returns.titles import TITLES
from payments.tests.factories import make_use
from payments.tests.paid import make_sent
from tickets.models import TicketQuerySet

from .returning import bring, confirm, line, verdicts, work

pytestmark = pytest.mark.django_db(transaction=True)


def ready():
    make_use()
    batch = make_sent()
    return bring(batch, line(batch.payments.get()))


def confirmations(file):
    return [
        lambda agent=agent: confirming.confirm(file_id=file.pk, count=1, actor=agent)
        for agent in (make_user(), make_user())
    ]


def test_two_agents_confirm_one_preview(at_once, meeting_before):
    file = ready()
    both = confirmations(file)
    meeting_before(QuerySet, "update")

    assert at_once(*both) == ["AlreadyConfirmed", "done"]
    file.refresh_from_db()
    assert file.state == ReturnState.CONFIRMED
    work()
    assert Outcome.objects.get().actor == file.confirmed_by


def test_control_without_its_guard_both_do(at_once, meeting_before, monkeypatch):
    """Two tasks are begun, and each line is told once all the same."""
    file = ready()
    both = confirmations(file)
    monkeypatch.setattr(confirming, "_ready", lambda pk: ReturnFile.objects.filter(pk=pk))
    meeting_before(QuerySet, "update")

    assert at_once(*both) == ["done", "done"]
    begun = DBTaskResult.objects.filter(task_path=writing.tell_lines.module_path)
    assert begun.count() == 2
    work()
    assert Outcome.objects.count() == 1


def related_again(file):
    agent = make_user()
    return lambda: receiving.receive_again(file_id=file.pk, titles=TITLES, actor=agent)


def test_read_again_while_it_is_confirmed(at_once, meeting_before):
    """What was confirmed is what was read: either it is, or there is another one to read."""
    file = ready()
    meeting_before(receiving, "content_of")
    came = at_once(related_again(file), confirmations(file)[0])

    assert came == ["AlreadyConfirmed", "done"]
    left = ReturnFile.objects.get()
    assert (left.pk == file.pk) == (left.state == ReturnState.CONFIRMED)


def test_control_without_its_lock_what_was_confirmed_is_gone(at_once, without_lock, monkeypatch):
    file, read, confirmed = ready(), threading.Event(), threading.Event()
    again, confirm_it = related_again(file), confirmations(file)[0]
    without_lock()
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows.all())
    content_of = receiving.content_of

    def once_it_is_confirmed(before):
        read.set()
        confirmed.wait(20)
        return content_of(before)

    def confirm_then_tell():
        read.wait(20)
        confirm_it()
        confirmed.set()

    monkeypatch.setattr(receiving, "content_of", once_it_is_confirmed)
    came = at_once(again, confirm_then_tell)

    if connection.vendor == "sqlite":
        # It refuses whoever read before the other one wrote.
        assert came == ["OperationalError", "done"]
        return
    assert came == ["done", "done"]
    assert not ReturnFile.objects.filter(state=ReturnState.CONFIRMED).exists()


def test_told_by_hand_while_it_is_written(at_once, meeting_before):
    """Rejected by hand, paid by the file: one of them is true, the other one is told so."""
    file, agent = ready(), make_user()
    payment = file.lines.get().payment
    confirm(file)
    meeting_before(TicketQuerySet, "update")

    def by_hand():
        outcomes.tell(
            payment_id=payment.pk,
            fate=Fate.REJECTED,
            on=timezone.localdate(),
            reason="Compte clos",
            actor=agent,
        )

    came = at_once(work, by_hand)

    told = Outcome.objects.get()
    expected = (["done", "done"], Verdict.REFUSED) if told.fate == Fate.REJECTED else None
    expected = expected or (["AlreadyTold", "done"], Verdict.TOLD)
    assert (came, verdicts(file)[0]) == expected
    assert not Correction.objects.exists()
