"""Rows that wait without a task get one; what failed and nobody tried again is given up."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from accounts import identifiers, signing_up
from accounts.models import ForgottenRequest, SignUp
from accounts.tests.factories import make_beneficiary, make_user
from applications import attesting, proposing, remaking
from applications.models import ApplicationState, Paper, PaperState
from applications.tests.factories import make_child, send
from backoffice.imports import contacts
from backoffice.imports import worker as imports
from backoffice.invitations import jobs
from backoffice.models import Import, Sort, Stage
from backoffice.queue import upkeep
from backoffice.queue.kinds import KINDS
from core import delivery, tasks
from core.outbox import Urgency
from core.tasks import Priority, Queue
from core.tests.queue import work
from partners import locating
from payments import files, preparing, settling
from payments.files import making
from payments.returns import writing as returns
from payments.tests.factories import make_batch, make_use
from payments.tests.paid import approve
from tickets import notices
from tickets.figures import kept
from tickets.models import Happened, Notice
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(settings):
    """As the release before this one left them: rows without tasks."""
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    agent = make_user("agent", is_staff=True)
    ticket = make_ticket(wallet=make_wallet(beneficiary=make_beneficiary(make_user("camille"))))
    DBTaskResult.objects.all().delete()
    kept.count_and_keep(ticket.wallet.campaign_id)
    ForgottenRequest.objects.create(contact="camille")
    SignUp.objects.create(email="anne@famille.example")
    Notice.objects.get_or_create(ticket=ticket, happened=Happened.CREATED)
    for status, urgency in ((STATUS.queued, Urgency.BULK), (STATUS.sent, Urgency.LINK)):
        Email.objects.create(
            from_email="a@pass.example", to=["b@pass.example"], status=status, priority=urgency, subject="x"
        )
    job = {"sort": Sort.DIRECTORY, "name": "clubs.csv", "content": b"", "owner": agent}
    Import.objects.create(**job)
    Import.objects.create(**job, stage=Stage.CONFIRMED, confirmed_by=agent)
    Import.objects.create(**job, stage=Stage.READY)


def enqueued():
    return {(one.task_path, one.queue_name, one.priority) for one in DBTaskResult.objects.all()}


@pytest.mark.usefixtures("waiting")
def test_what_the_release_before_left_waiting_is_done():
    assert upkeep.adopt() == 6
    assert enqueued() == {
        (identifiers.answer.module_path, "mail", Priority.LINK),
        (signing_up.answer.module_path, "mail", Priority.LINK),
        (notices.tell.module_path, "mail", Priority.NOTICE),
        (delivery.send.module_path, "mail", Priority.BULK),
        (imports.compare.module_path, "files", Priority.FILE),
        (imports.do.module_path, "files", Priority.FILE),
    }

    work()
    assert not ForgottenRequest.objects.exists()
    assert not SignUp.objects.filter(mailed_at=None).exists()
    assert not Notice.objects.exists()
    assert not Email.objects.filter(status=STATUS.queued).exists()
    assert not Import.objects.filter(stage__in=[Stage.RECEIVED, Stage.CONFIRMED, Stage.RUNNING]).exists()


@pytest.mark.usefixtures("waiting")
def test_what_has_its_task_gets_no_second_one():
    upkeep.adopt()

    assert upkeep.adopt() == 0
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    assert upkeep.adopt() == 0, "somebody looks at what failed"


def test_a_task_of_the_queue_before_is_somebodys():
    DBTaskResult.objects.create(
        task_path="x", args_kwargs={}, run_after=timezone.now(), backend_name="default", queue_name="default"
    )
    upkeep.adopt()

    assert DBTaskResult.objects.get().queue_name == Queue.FILES


def test_papers_that_nobody_opens_are_given_up_and_asked_for_in_another_form():
    application = send(make_child())
    DBTaskResult.objects.all().delete()

    upkeep.adopt()
    assert (remaking.read_papers.module_path, "files", Priority.FILE) in enqueued()
    old = timezone.now() - tasks.KEPT_FOR - dt.timedelta(minutes=1)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=old)
    upkeep.forget_failures()

    application.refresh_from_db()
    assert application.state == ApplicationState.INCOMPLETE
    assert not Paper.objects.filter(state=PaperState.RECEIVED).exists()


def test_an_approved_batch_gets_its_files():
    make_use()
    batch = approve(make_batch())
    DBTaskResult.objects.all().delete()

    upkeep.adopt()
    assert (making.make.module_path, "files", Priority.FILE) in enqueued()
    work()

    assert files.whole(batch.pk)
    assert upkeep.adopt() == 0


@pytest.mark.usefixtures("waiting")
def test_what_failed_is_kept_for_a_week_then_given_up():
    upkeep.adopt()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    upkeep.forget_failures()
    assert tasks.failed().count() == 6

    DBTaskResult.objects.update(finished_at=timezone.now() - tasks.KEPT_FOR - dt.timedelta(minutes=1))
    upkeep.forget_failures()

    assert not DBTaskResult.objects.exists()
    assert not ForgottenRequest.objects.exists()
    assert not SignUp.objects.exists()
    assert not Notice.objects.exists()
    assert Email.objects.filter(status=STATUS.failed, message="").count() == 1
    assert Import.objects.filter(stage=Stage.REFUSED).count() == 2
    assert upkeep.adopt() == 0


def test_each_task_there_is_has_a_kind():
    assert {kind.task for kind in KINDS.values()} == {
        signing_up.answer,
        *(identifiers.answer, notices.tell, delivery.send, imports.compare, imports.do, contacts.write),
        kept.count_again,
        *(KINDS["backoffice.exports.lists.write_export"].task, kept.count_again),
        *(jobs.send_mails, jobs.write_letters),
        *(remaking.read_papers, attesting.make, proposing.propose),
        locating.locate,
        *(preparing.prepare, making.make, settling.tell_all_paid, returns.tell_lines),
    }
