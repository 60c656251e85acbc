"""The outbox: pages write rows, each with a task that sends it, so that no page waits for a mail server."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks import TaskContext, task
from post_office.models import STATUS, Email, Log
from post_office.settings import get_backend

from .tasks import LEASES, Away, Later, Queue

logger = logging.getLogger(__name__)

# After each failure; after the last one nobody tries any more.
DELAYS = [*(dt.timedelta(minutes=m) for m in (1, 5, 15)), *(dt.timedelta(hours=h) for h in (1, 4, 12, 24))]
LEASE = LEASES[Queue.MAIL]
WAITING = (STATUS.queued, STATUS.requeued)
ABOUT_THIS_MESSAGE = (SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused)
MAIL_SERVER = "le serveur de messagerie"

_kept: ContextVar[BaseEmailBackend] = ContextVar("_kept")


@contextmanager
def kept_open() -> Iterator[None]:
    """One connection to the mail server for all that is sent meanwhile; the first message opens it."""
    server = get_connection(get_backend())
    before = _kept.set(server)
    try:
        yield
    finally:
        _kept.reset(before)
        _close(server)


def _close(server: BaseEmailBackend) -> None:
    with suppress(SMTPException, OSError):
        server.close()


@task(queue_name=Queue.MAIL, takes_context=True)
def send(context: TaskContext, *, email_id: int) -> None:
    """Not in a transaction, for it waits for another machine: killed amid it, a message may leave again.

    A refused one is tried again later. A mail server that is away is no failure of any message.
    """
    message = Email.objects.filter(pk=email_id, status__in=WAITING).first()
    if message is None:
        return
    now = timezone.now()
    if message.scheduled_time and message.scheduled_time > now:
        raise Later(message.scheduled_time - now)
    server = _kept.get()
    try:
        server.open()
    except OSError as trouble:
        _close(server)
        raise Away(MAIL_SERVER) from trouble
    if _claim(message):
        _send(message, server)


def _claim(message: Email) -> bool:
    """The guarded write behind each delivery: true for one only, even if two tasks were made for it."""
    as_read = Email.objects.filter(
        pk=message.pk, status=message.status, scheduled_time=message.scheduled_time
    )
    return bool(as_read.update(scheduled_time=timezone.now() + LEASE))


def _send(message: Email, server: BaseEmailBackend) -> None:
    try:
        message.dispatch(commit=False, disconnect_after_delivery=False, connection=server)
    except Exception as trouble:
        after = _try_later(message, trouble)
        if isinstance(trouble, OSError) and not isinstance(trouble, ABOUT_THIS_MESSAGE):
            _close(server)
            # It hung up: the other messages are not to blame.
            raise Away(MAIL_SERVER, after) from trouble
        raise Later(after) from trouble
    _settle(message, STATUS.sent)


def _try_later(message: Email, trouble: Exception) -> dt.timedelta:
    """Note it, and return when to come back: at once for one that is given up, and then nothing is left."""
    Log.objects.create(
        email=message, status=STATUS.failed, message=str(trouble), exception_type=type(trouble).__name__
    )
    tries = message.number_of_retries or 0
    if tries == len(DELAYS):
        logger.error("E-mail %s is given up: %s", message.pk, type(trouble).__name__)
        _settle(message, STATUS.failed)
        return dt.timedelta()
    Email.objects.filter(pk=message.pk).update(
        status=STATUS.requeued,
        number_of_retries=tries + 1,
        scheduled_time=timezone.now() + DELAYS[tries],
        last_updated=timezone.now(),
    )
    return DELAYS[tries]


def _settle(message: Email, status: int) -> None:
    """That it left, to whom and when is kept for a while; not what it said, nor the links that it held."""
    Email.objects.filter(pk=message.pk).update(
        status=status, message="", html_message="", headers=None, last_updated=timezone.now()
    )
