"""From the page that writes a message to the mail server that takes it, or does not."""

import datetime as dt
import socket

import pytest
from django.core.mail.backends.locmem import EmailBackend as Memory
from django.core.management import CommandError, call_command
from django.db import transaction
from post_office.models import STATUS, Email

from accounts.tests.factories import make_user
from core import delivery as outbox

from .delivering import deliver, deliver_by, later, write

pytestmark = pytest.mark.django_db


def test_a_message_is_written_then_delivered_once(mailoutbox):
    write()
    assert mailoutbox == []

    assert [deliver(), deliver()] == [1, 0]
    [message] = mailoutbox
    assert message.to == ["camille@famille.example"]
    assert "mot de passe" in message.body
    assert message.alternatives[0].mimetype == "text/html"


def test_it_belongs_to_the_transaction_that_wrote_it(mailoutbox):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert deliver() == 0


def test_what_left_is_remembered_without_what_it_said(mailoutbox):
    write()
    deliver()

    message = Email.objects.get()
    assert (message.status, message.to) == (STATUS.sent, ["camille@famille.example"])
    assert (message.message, message.html_message, message.headers) == ("", "", None)


def test_the_oldest_first(mailoutbox):
    for username in ("premiere", "deuxieme"):
        write(username)
    deliver()

    assert [message.to for message in mailoutbox] == [
        ["premiere@famille.example"],
        ["deuxieme@famille.example"],
    ]


def test_a_page_does_not_notice_that_the_mail_server_is_gone(client, settings, mailoutbox):
    make_user("camille")
    with socket.create_server(("127.0.0.1", 0)) as nobody_listens_soon:
        settings.EMAIL_HOST, settings.EMAIL_PORT = nobody_listens_soon.getsockname()
    deliver_by(settings, "django.core.mail.backends.smtp.EmailBackend")
    response = client.post("/accueil/identifiants-oublies/", {"contact": "camille"})

    assert response.status_code == 302
    assert deliver() == 0
    with pytest.raises(CommandError, match="le serveur de messagerie"):
        call_command("run_tasks")
    # Nothing lost, no try counted; and once it is back:
    assert Email.objects.get().number_of_retries is None
    deliver_by(settings, "django.core.mail.backends.locmem.EmailBackend")
    assert deliver() == 1
    assert "camille" in mailoutbox[0].body


def test_a_recipient_that_is_refused_keeps_nobody_waiting_and_is_tried_again(settings, mailoutbox):
    deliver_by(settings, "core.tests.mail.delivering.Choosy")
    for username in ("une", "refusee", "autre"):
        write(username)

    assert deliver() == 2
    refused = Email.objects.get(status=STATUS.requeued)
    assert refused.number_of_retries == 1
    assert "SMTPRecipientsRefused" in refused.logs.get().exception_type
    assert deliver() == 0
    deliver_by(settings, "django.core.mail.backends.locmem.EmailBackend")
    later(dt.timedelta(minutes=1))
    assert deliver() == 1


def test_after_two_days_it_is_given_up(settings, caplog):
    deliver_by(settings, "core.tests.mail.delivering.Choosy")
    write("refusee")
    deliver()
    for delay in outbox.DELAYS:
        assert Email.objects.get().status == STATUS.requeued
        later(delay)
        deliver()

    message = Email.objects.get()
    assert (message.status, message.message) == (STATUS.failed, "")
    assert "given up" in caplog.text
    assert sum(outbox.DELAYS, dt.timedelta()) < dt.timedelta(days=2)


def test_a_server_that_hangs_up_is_left_in_peace(settings):
    """Its other messages are not to blame, and are not tried one after the other."""
    deliver_by(settings, "core.tests.mail.delivering.Moody")
    for username in ("une", "autre"):
        write(username)

    assert deliver() == 0
    assert sorted(Email.objects.values_list("number_of_retries", flat=True), key=str) == [1, None]


def test_one_connection_for_all_that_is_due(mailoutbox, monkeypatch):
    opened: list[Memory] = []

    def close(server):
        opened.append(server)

    monkeypatch.setattr(Memory, "close", close)
    for username in ("une", "autre"):
        write(username)

    assert deliver() == 2
    assert len(opened) == 1


def test_a_message_whose_task_was_made_twice_leaves_once(mailoutbox):
    write()
    outbox.send.enqueue(email_id=Email.objects.get().pk)

    assert (deliver(), len(mailoutbox)) == (1, 1)


def test_one_that_was_erased_meanwhile_does_not_leave(mailoutbox):
    write()
    Email.objects.all().delete()

    assert (deliver(), mailoutbox) == (0, [])
