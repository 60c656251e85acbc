"""Files are made beside the pages, once, whoever is killed meanwhile; and what stops them is told."""

from decimal import Decimal

import pytest
from django_tasks_db.models import DBTaskResult

from accounts.tests.factories import make_agent
from core import tasks
from core.tests.queue import claim, pass_time, work
from payments import approving, files, iban_keys, preparing, sending
from payments.exceptions import AccountUnreadable, FilesMissing, TotalDiffers
from payments.files import making
from payments.models import BankAccount, BatchFile, BatchState, FileKind, Naming, Payer

from ..factories import make_batch, make_use
from ..paid import approve
from .made import make_payer

pytestmark = pytest.mark.django_db


def contents(batch):
    return dict(batch.files.values_list("name", "sha256"))


def test_the_approval_begins_them():
    make_payer()
    make_use(), make_use()
    batch = approve(make_batch())
    assert (files.whole(batch.pk), files.progress(batch.pk)) == (False, (0, 5))

    work()
    assert (files.whole(batch.pk), files.progress(batch.pk)) == (True, (5, 5))
    assert sorted(batch.files.values_list("kind", flat=True)) == sorted(
        [FileKind.CANONICAL, FileKind.TRANSFERS, FileKind.STATEMENTS, *[FileKind.STATEMENT] * 2]
    )
    sending.send(batch_id=batch.pk, actor=make_agent())


def test_a_refused_approval_begins_none():
    make_use()
    batch = make_batch()
    with pytest.raises(TotalDiffers):
        approving.approve(batch_id=batch.pk, total=Decimal(11), count=1, last4={}, actor=make_agent())
    assert not DBTaskResult.objects.filter(task_path=making.make.module_path).exists()


def test_one_that_was_killed_is_gone_on_with():
    make_payer()
    make_use(), make_use()
    batch = approve(make_batch())
    left = iter([True, True, False])
    making.make_all(batch.pk, lambda: next(left))
    first = contents(batch)
    assert len(first) == 2
    with pytest.raises(FilesMissing):
        sending.send(batch_id=batch.pk, actor=make_agent())

    work()
    assert files.whole(batch.pk)
    assert first.items() <= contents(batch).items()


def test_others_have_their_turn_meanwhile(monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 2)
    make_use(), make_use(), make_use()
    batch = approve(make_batch())
    worker = tasks.Worker([tasks.Queue.FILES])
    # What `make_batch` did by hand.
    DBTaskResult.objects.filter(task_path=preparing.prepare.module_path).delete()
    made = []
    while worker.run_next():
        made.append(batch.files.count())
    # Three statements, the CSV, the archive.
    assert made == [2, 4, 5]
    assert files.whole(batch.pk)


def test_taken_for_dead_it_asks_for_no_more(monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 1)
    make_use(), make_use()
    approve(make_batch())
    asked = DBTaskResult.objects.filter(task_path=making.make.module_path)
    monkeypatch.setattr(tasks, "end", lambda context: False)
    work()
    assert not asked.exists()


def test_never_made_again():
    make_payer()
    make_use()
    batch = approve(make_batch())
    work()
    before = contents(batch)
    making.make_all(batch.pk, lambda: True)
    assert contents(batch) == before


def test_two_workers_keep_one_of_each():
    make_use()
    batch = approve(make_batch())
    payment = batch.payments.get()
    making._make_statement(payment.pk, Payer())
    kept = contents(batch)
    # The other one had looked before that was kept.
    making._make_statement(payment.pk, Payer(naming=Naming.NOBODY))
    assert contents(batch) == kept


def test_a_dropped_batch_has_no_more_made():
    make_use(), make_use()
    batch = approve(make_batch())

    def drop_it():
        approving.drop(batch_id=batch.pk, shown=BatchState.APPROVED, actor=make_agent())
        return True

    making.make_all(batch.pk, drop_it)
    assert batch.files.count() == 1
    assert not files.whole(batch.pk)


def test_an_account_that_does_not_open_stops_all_and_says_so():
    make_payer()
    make_use(), make_use()
    batch = approve(make_batch())
    sealed = dict(BankAccount.objects.values_list("pk", "sealed_iban"))
    BankAccount.objects.filter(pk=max(sealed)).update(sealed_iban="")
    work()

    assert not BatchFile.objects.exists()
    assert files.trouble(batch.pk) == AccountUnreadable.sentence
    with pytest.raises(FilesMissing):
        sending.send(batch_id=batch.pk, actor=make_agent())

    BankAccount.objects.filter(pk=max(sealed)).update(
        sealed_iban=iban_keys.seal("FR7630006000011234567890189")
    )
    assert files.make_again(batch.pk)
    assert files.trouble(batch.pk) == ""
    work()
    assert files.whole(batch.pk)
    assert not files.make_again(batch.pk)


def test_what_kills_its_workers_is_given_up():
    make_use()
    batch = make_batch()
    DBTaskResult.objects.all().delete()
    approve(batch)
    for number in range(tasks.ATTEMPTS):
        claim(f"killed {number}")
        pass_time()
        tasks.take_up_again()
    work()

    assert files.trouble(batch.pk) == files.BROKEN
    assert files.make_again(batch.pk)
    work()
    assert files.whole(batch.pk)
