"""Who sends a message: beside another one, and when it dies."""

import pytest
from django.core import mail as django_mail
from post_office.models import Email

from core import delivery as outbox
from core import tasks
from core.tests.queue import claim, pass_time

from .delivering import deliver, later, write

pytestmark = pytest.mark.django_db


def test_one_that_died_leaves_its_message_to_the_next_one(mailoutbox):
    write()
    claim()
    outbox._claim(Email.objects.get())
    pass_time()
    tasks.take_up_again()

    assert deliver() == 0
    later(outbox.LEASE)
    assert deliver() == 1


@pytest.mark.parametrize(
    ("claimed", "times"),
    [
        pytest.param(True, 1, id="whoever claims it first"),
        # The control: both have read it as due.
        pytest.param(False, 2, id="without a claim each sends it"),
    ],
)
def test_two_tasks_for_one_message_at_once(at_once, meeting_before, monkeypatch, claimed, times):
    write()
    outbox.send.enqueue(email_id=Email.objects.get().pk)
    if not claimed:
        monkeypatch.setattr(outbox, "_claim", lambda message: True)
    meeting_before(outbox, "_claim")
    django_mail.outbox.clear()

    assert at_once(deliver, deliver) == ["done", "done"]
    assert len(django_mail.outbox) == times
