"""Two agents, and a return, at the same instant; each race has its control."""

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.tests.factories import make_user
from payments import outcomes
from payments.models import Correction, Fate, Outcome, ReturnFile, ReturnState, Verdict
from payments.returns import confirming, writing
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
