"""The process that delivers: beside another one, when it dies, when it is told to stop."""

import os
import signal
import sys
from threading import Thread

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend as Memory
from django.core.management import call_command
from post_office.models import Email

from accounts import identifiers
from core import delivery as outbox
from core.worker import Stop
from tickets import notices

from .delivering import deliver, later, write

pytestmark = pytest.mark.django_db


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
