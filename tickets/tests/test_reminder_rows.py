"""A reminder is noted once, with its message or not at all."""

import pytest
from django.core import mail as django_mail

from accounts.tests.factories import make_user
from tickets import reminders
from tickets.models import Reminder
from tickets.tests.reminding import make_due, make_family, send
from wallets.tests.factories import days, make_campaign

pytestmark = pytest.mark.django_db


def test_a_day_that_is_put_off_is_told_anew(mailoutbox):
    campaign = make_due(left=5)
    make_family(campaign)
    send()
    campaign.last_ticket_on = campaign.last_cancellation_on = days(6)
    campaign.save()

    assert [send(), send()] == [1, 0]


def test_one_row_for_each(refused_by):
    row = {
        "user": make_user(),
        "campaign": make_campaign(),
        "last_ticket_on": days(30),
        "days": 30,
    }
    Reminder.objects.create(**row)
    with refused_by("tickets_reminder_once"):
        Reminder.objects.create(**row)


def test_a_message_that_cannot_be_written_is_not_noted(monkeypatch, mailoutbox):
    make_family(make_due())
    with monkeypatch.context() as patch:
        patch.setattr("core.mail.send", lambda *args, **kwargs: 1 / 0)
        assert send() == 0

    assert send() == 1


@pytest.mark.parametrize(
    ("noted", "times"),
    [
        pytest.param(True, 1, id="the row is written once"),
        # The control: both have read that nobody was reminded.
        pytest.param(False, 2, id="without it each writes"),
    ],
)
def test_two_at_once(at_once, meeting_before, monkeypatch, noted, times):
    make_family(make_due())
    meeting_before(reminders, "_remind")
    if not noted:
        monkeypatch.setattr(Reminder.objects, "get_or_create", lambda **row: (Reminder(**row), True))
    django_mail.outbox.clear()

    assert at_once(send, send) == ["done", "done"]
    assert len(django_mail.outbox) == times
