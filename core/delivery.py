"""The outbox: pages write rows, and from here they leave, so that no page waits for a mail server."""

import datetime as dt
import logging
import time
from contextlib import closing
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import NamedTuple

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from post_office.mail import get_queued
from post_office.models import STATUS, Email, Log
from post_office.settings import get_backend

from .worker import Stop

logger = logging.getLogger(__name__)

# After each failure; after the last one nobody tries any more.
DELAYS = [*(dt.timedelta(minutes=m) for m in (1, 5, 15)), *(dt.timedelta(hours=h) for h in (1, 4, 12, 24))]
# A deliverer that dies amid a message leaves it to the next one, after so long.
LEASE = dt.timedelta(minutes=5)

# A round, in seconds: with a slow server a link still leaves within a minute.
LONGEST = 10

ABOUT_THIS_MESSAGE = (SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused)


class Batch(NamedTuple):
    sent: int
    # Sent, or refused and put off.
    handled: int


def deliver(stop: Stop) -> Batch:
    """Send the next messages that are due, the most urgent first (`core.outbox`), until `stop`.

    No more than post_office takes at once, nor for much longer than LONGEST: what is asked for meanwhile
    goes before what waited already. Several may do it at once: a message belongs to whoever claimed it
    first. One that fails is tried again later. Raises OSError if the mail server is not there: nothing is
    lost, and the next round tries anew.
    """
    sent = handled = 0
    due = list(get_queued())
    if not due or stop.is_set():
        return Batch(0, 0)
    began = time.monotonic()
    with closing(get_connection(get_backend())) as server:
        server.open()
        for message in due:
            if stop.is_set() or time.monotonic() - began > LONGEST:
                break
            if _claim(message):
                handled += 1
                sent += _send(message, server)
    return Batch(sent, handled)


def _claim(message: Email) -> bool:
    """The guarded write behind each delivery: true for one deliverer only."""
    as_read = Email.objects.filter(
        pk=message.pk, status=message.status, scheduled_time=message.scheduled_time
    )
    return bool(as_read.update(scheduled_time=timezone.now() + LEASE))


def _send(message: Email, server: BaseEmailBackend) -> bool:
    try:
        message.dispatch(commit=False, disconnect_after_delivery=False, connection=server)
    except Exception as trouble:
        _try_later(message, trouble)
        if isinstance(trouble, OSError) and not isinstance(trouble, ABOUT_THIS_MESSAGE):
            raise  # The server hung up: the other messages are not to blame.
        return False
    _settle(message, STATUS.sent)
    return True


def _try_later(message: Email, trouble: Exception) -> None:
    Log.objects.create(
        email=message, status=STATUS.failed, message=str(trouble), exception_type=type(trouble).__name__
    )
    tries = message.number_of_retries or 0
    if tries == len(DELAYS):
        logger.error("E-mail %s is given up: %s", message.pk, type(trouble).__name__)
        _settle(message, STATUS.failed)
        return
    Email.objects.filter(pk=message.pk).update(
        status=STATUS.requeued,
        number_of_retries=tries + 1,
        scheduled_time=timezone.now() + DELAYS[tries],
        last_updated=timezone.now(),
    )


def _settle(message: Email, status: int) -> None:
    """That it left, to whom and when is kept for a while; not what it said, nor the links that it held."""
    Email.objects.filter(pk=message.pk).update(
        status=status, message="", html_message="", headers=None, last_updated=timezone.now()
    )
