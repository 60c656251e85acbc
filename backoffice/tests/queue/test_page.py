"""« Travaux »: what waits, what failed, and trying it again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts import identifiers
from accounts.audit import Action, AuditEntry
from accounts.models import ForgottenRequest
from accounts.tests.factories import make_beneficiary, make_user
from core.tests.queue import work
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:works")


@pytest.fixture
def failed(monkeypatch):
    """Two requests of « identifiants oubliés » that a fault of ours stops, for as long as it is there."""
    make_user("camille")
    for _ in range(2):
        identifiers.ask(contact="camille")
    with monkeypatch.context() as patch:
        patch.setattr(identifiers, "send_identifiers", _break_down)
        work()


def _break_down(*, contact):
    raise ValueError(f"{contact}, 12 rue du Bac")


@pytest.mark.usefixtures("agent", "failed")
def test_it_says_what_failed_but_nothing_of_anybody(client):
    page = client.get(PAGE).text

    assert "builtins.ValueError" in page
    assert page.count("Identifiants oubliés, n°") == 2
    assert "camille" not in page
    assert "rue du Bac" not in page
    assert "travaux qui ont échoué" in client.get("/admin/").text


@pytest.mark.usefixtures("agent")
def test_it_says_what_waits_and_since_when(client):
    identifiers.ask(contact="camille")

    [line] = [line for line in client.get(PAGE).context["lines"] if line.waiting]
    assert (line.what, line.waiting, line.failed) == ("identifiants oubliés", 1, 0)
    assert line.since <= timezone.now()


@pytest.mark.usefixtures("failed")
def test_one_is_tried_again(client, agent, mailoutbox):
    task = DBTaskResult.objects.failed().first()
    assert "C’est remis dans la file" in client.post(PAGE, {"task": task.pk}, follow=True).text
    assert "n’était plus à réessayer" in client.post(PAGE, {"task": task.pk}, follow=True).text
    work()

    assert len(mailoutbox) == 1
    assert ForgottenRequest.objects.count() == 1
    line = AuditEntry.objects.get()
    assert (line.action, line.actor, line.details) == (Action.TASK_RETRIED, agent, "builtins.ValueError")


@pytest.mark.usefixtures("failed")
def test_all_of_a_kind_are(client, agent, mailoutbox):
    client.post(PAGE, {"kind": identifiers.answer.module_path})
    work()

    assert len(mailoutbox) == 2
    assert not DBTaskResult.objects.exists()
    assert AuditEntry.objects.get().details == "2 tâches"


@pytest.mark.usefixtures("agent")
def test_the_row_is_a_click_away(client):
    ticket = make_ticket(wallet=make_wallet(beneficiary=make_beneficiary(make_user("camille"))))
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())

    assert reverse("admin:tickets_ticket_change", args=[ticket.pk]) in client.get(PAGE).text


@pytest.mark.usefixtures("agent")
def test_a_task_of_another_release_is_shown_as_it_is(client):
    DBTaskResult.objects.create(
        task_path="gone.away",
        args_kwargs={},
        run_after=timezone.now(),
        backend_name="default",
        status=TaskResultStatus.FAILED,
    )

    assert "gone.away" in client.get(PAGE).text.lower()


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("task", ["", "x", "0" * 40])
def test_what_is_no_task_is_not_tried_again(client, task):
    assert "n’était plus à réessayer" in client.post(PAGE, {"task": task}, follow=True).text


@pytest.mark.usefixtures("agent")
def test_as_many_queries_for_twenty_as_for_two(client):
    def queries(number):
        wallet = make_wallet("200", beneficiary=make_beneficiary())
        for _ in range(number):
            make_ticket("1", wallet=wallet)
        DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        return len(asked)

    queries(1)
    assert queries(2) == queries(20)


def test_an_adviser_sees_none_of_it(client, enter):
    enter(make_user(is_staff=True))

    assert client.get(PAGE).status_code == 403
