"""What row 12 counts after the queue was drained: the control of each fault that it may find."""

from collections import Counter

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from proof.bench import queue_inside
from tickets.models import Happened, Notice
from tickets.tests.factories import make_ticket

pytestmark = pytest.mark.django_db

EXPECTED = Counter({"a@famille.example": 1, "b@famille.example": 2})


@pytest.fixture
def arrived(settings):
    """The messages that all left, as the mailbox knows them."""
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    for address in EXPECTED.elements():
        mail.send_mail("Ticket", "Un ticket.", None, [address])
    Email.objects.update(status=STATUS.sent)
    DBTaskResult.objects.all().delete()
    return Counter(Email.objects.values_list("message_id", flat=True))


def found(arrived, kills=1):
    return list(queue_inside._faults(EXPECTED, arrived, kills))


def test_nothing_is_found_where_nothing_is_wrong(arrived):
    assert found(arrived) == []


def test_a_message_that_was_never_written(arrived):
    gone = Email.objects.earliest("pk")
    del arrived[gone.message_id]
    gone.delete()

    assert found(arrived) == ["1 e-mails jamais écrits", "2 e-mails arrivés, 2 notés partis, pour 3"]


def test_one_lost_and_another_one_written_twice(arrived):
    """Their number is right."""
    Email.objects.filter(to="a@famille.example").update(to="b@famille.example")

    assert found(arrived) == ["1 e-mails jamais écrits", "1 e-mails écrits deux fois"]


def test_one_that_is_said_to_have_left_and_never_arrived(arrived):
    del arrived[Email.objects.earliest("pk").message_id]

    assert found(arrived) == ["2 e-mails arrivés, 3 notés partis, pour 3"]


@pytest.mark.parametrize(
    ("kills", "faults"), [(1, []), (0, ["1 e-mails partis deux fois, pour 0 ouvriers tués"])]
)
def test_one_that_left_twice_needs_a_killed_worker(arrived, kills, faults):
    arrived[Email.objects.earliest("pk").message_id] += 1

    assert found(arrived, kills) == faults


def test_a_notice_that_nobody_took_up(arrived):
    ticket = make_ticket()
    DBTaskResult.objects.all().delete()
    Email.objects.exclude(to__in=list(EXPECTED)).delete()
    Notice.objects.all().delete()
    Notice.objects.create(ticket=ticket, happened=Happened.CREATED)

    assert found(arrived)[0] == "0 tâches restent, 1 avis"
