"""From the page that writes a message to the mail server that takes it, or does not."""

import datetime as dt
import os
import signal
import socket
import sys
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from threading import Thread

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend as Memory
from django.core.management import CommandError, call_command
from django.db import transaction
from post_office.models import STATUS, Email

from accounts import identifiers, mail, services
from accounts.tests.factories import make_user
from core import delivery as outbox
from core.worker import Stop
from tickets import notices

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _through_the_outbox(settings):
    """Django's test runner, and not the outbox, would catch the messages."""
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    deliver_by(settings, "django.core.mail.backends.locmem.EmailBackend")


def deliver_by(settings, backend):
    settings.POST_OFFICE = settings.POST_OFFICE | {"BACKENDS": {"default": backend}}


def write(username="camille"):
    mail.password_changed(make_user(username))


def deliver():
    return outbox.deliver(Stop()).sent


def later(delay):
    """As if that much time had passed."""
    for message in Email.objects.exclude(scheduled_time=None):
        Email.objects.filter(pk=message.pk).update(scheduled_time=message.scheduled_time - delay)


class Choosy(Memory):
    """A server that refuses one recipient."""

    def send_messages(self, messages):
        if "refusee@famille.example" in messages[0].to:
            raise SMTPRecipientsRefused({"refusee@famille.example": (550, b"unknown")})
        return super().send_messages(messages)


class Moody(Memory):
    """A server that hangs up at each message."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("bye")


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
    identifiers.compose()
    with pytest.raises(ConnectionRefusedError):
        deliver()
    with pytest.raises(CommandError, match="ne répond pas"):
        call_command("deliver")
    # Nothing lost, no try counted; and once it is back:
    assert Email.objects.get().number_of_retries is None
    deliver_by(settings, "django.core.mail.backends.locmem.EmailBackend")
    assert deliver() == 1
    assert "camille" in mailoutbox[0].body


def test_a_recipient_that_is_refused_keeps_nobody_waiting_and_is_tried_again(settings, mailoutbox):
    deliver_by(settings, "core.tests.test_outbox.Choosy")
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
    deliver_by(settings, "core.tests.test_outbox.Choosy")
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


def test_a_server_that_hangs_up_ends_the_round(settings):
    deliver_by(settings, "core.tests.test_outbox.Moody")
    for username in ("une", "autre"):
        write(username)

    with pytest.raises(SMTPServerDisconnected):
        deliver()
    assert sorted(Email.objects.values_list("number_of_retries", flat=True), key=str) == [1, None]


def test_a_deliverer_that_died_leaves_its_message_to_the_next_one(mailoutbox):
    write()
    outbox._claim(Email.objects.get())

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
def test_two_deliverers(at_once, meeting_before, monkeypatch, claimed, times):
    write()
    if not claimed:
        monkeypatch.setattr(outbox, "_claim", lambda message: True)
    meeting_before(outbox, "_claim")
    django_mail.outbox.clear()

    assert at_once(deliver, deliver) == ["done", "done"]
    assert len(django_mail.outbox) == times


def test_it_goes_on_whatever_happens_until_sigterm(monkeypatch, caplog):
    rounds = []

    def deliver(stop):
        rounds.append(stop)
        if len(rounds) == 1:
            raise OSError
        os.kill(os.getpid(), signal.SIGTERM)
        return outbox.Batch(0, 0)

    monkeypatch.setattr(outbox, "deliver", deliver)
    # Each round closes its connection, and with it what this test began.
    for notes in (identifiers, notices):
        monkeypatch.setattr(notes, "compose", lambda is_over: 0)
    before = [(ending, signal.getsignal(ending)) for ending in (signal.SIGTERM, signal.SIGINT)]
    try:
        call_command("deliver", every=0.01)
    finally:
        for ending, handler in before:
            signal.signal(ending, handler)

    assert len(rounds) == 2
    assert "deliver waits" in caplog.text


def test_a_signal_may_interrupt_whoever_waits_for_it():
    """Wherever it is: a handler that takes the lock of the thread below it waits for ever."""
    stop = Stop()

    def wait():
        sys.setprofile(lambda *_: stop.set())
        stop.wait(0)
        sys.setprofile(None)

    waiting = Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(timeout=5)

    assert not waiting.is_alive()
    assert stop.is_set()


def test_sigterm_is_heard_amid_a_round(monkeypatch, mailoutbox):
    for username in ("une", "autre"):
        write(username)
    stop = Stop()
    monkeypatch.setattr(Memory, "close", lambda backend: None)
    monkeypatch.setattr(outbox, "_settle", lambda *args: stop.set())

    assert outbox.deliver(stop).sent == 1
    assert len(mailoutbox) == 1


# --- What agents see of it --------------------------------------------------------------------


@pytest.fixture
def agent(enter):
    enter(make_user("agent", is_staff=True, is_superuser=True))


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("path", ["", "?q=camille", "?etat=2", "{pk}/change/"])
def test_agents_see_to_whom_but_not_what(client, path):
    services.send_first_access(user_id=make_user("camille").pk)
    url = f"/admin/core/outgoingmail/{path.format(pk=Email.objects.get().pk)}"
    response = client.get(url)

    assert "Votre compte Pass+ est prêt" in response.text
    assert "camille@famille.example" in response.text
    assert "à envoyer" in response.text
    assert "/accueil/premiere-connexion/" not in response.text


@pytest.mark.usefixtures("agent")
def test_agents_are_told_why_it_failed(client, settings):
    deliver_by(settings, "core.tests.test_outbox.Choosy")
    write("refusee")
    deliver()

    assert "550" in client.get(f"/admin/core/outgoingmail/{Email.objects.get().pk}/change/").text


@pytest.mark.usefixtures("agent")
def test_agents_write_nothing_there_and_have_no_other_door(client):
    write()
    pk = Email.objects.get().pk

    assert client.post(f"/admin/core/outgoingmail/{pk}/change/", {"to": "x@y.example"}).status_code == 403
    assert client.post(f"/admin/core/outgoingmail/{pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/core/outgoingmail/add/").status_code == 403
    for door in (f"email/{pk}/change", f"email/{pk}/preview", f"email/{pk}/resend", "log", "emailtemplate"):
        assert client.get(f"/admin/post_office/{door}/").status_code == 404
