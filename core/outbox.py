"""The mail backend of the pages: a message becomes a row of the outbox, with a task that sends it."""

from collections.abc import Collection, Sequence
from email.utils import make_msgid
from enum import IntEnum

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from post_office.models import PRIORITY, STATUS, Email, Log
from post_office.settings import get_message_id_fqdn

from .delivery import send
from .models import Addressee
from .tasks import Priority


class Urgency(IntEnum):
    """What leaves first, whatever waits: the most urgent, and among equals the oldest."""

    BULK = PRIORITY.low  # To a whole département: reminders, invitations.
    NOTICE = PRIORITY.medium  # What happened to somebody's tickets or account.
    LINK = PRIORITY.high  # Somebody waits before a page for it.


def set_urgency(message: EmailMessage, urgency: Urgency) -> None:
    message.urgency = urgency  # type: ignore[attr-defined]


def set_accounts(message: EmailMessage, account_ids: Collection[int]) -> None:
    """Whose the message is: « Mes données » shows it to them, whatever their address has become."""
    message.accounts = account_ids  # type: ignore[attr-defined]


class OutboxBackend(BaseEmailBackend):
    """Writes in the caller's transaction.

    That of post_office knows no urgency, and renders what it is given as a template: a name that holds
    « {% » would keep the message from being written.
    """

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            with transaction.atomic(savepoint=False):
                row = _row(message)
                row.save()
                _note_accounts(row, getattr(message, "accounts", ()))
                send.using(priority=priority_of(row)).enqueue(email_id=row.pk)
        return len(messages)


def priority_of(row: Email) -> Priority:
    return Priority[Urgency(row.priority).name]


def _note_accounts(row: Email, account_ids: Collection[int]) -> None:
    Addressee.objects.bulk_create(Addressee(email=row, account_id=pk) for pk in dict.fromkeys(account_ids))


def _row(message: EmailMessage) -> Email:
    html = ""
    if isinstance(message, EmailMultiAlternatives) and message.alternatives:
        html = str(message.alternatives[0][0])
    return Email(
        from_email=message.from_email,
        to=message.to,
        subject=message.subject,
        message=message.body,
        html_message=html,
        headers=message.extra_headers,
        priority=getattr(message, "urgency", Urgency.NOTICE),
        status=STATUS.queued,
        message_id=make_msgid(domain=get_message_id_fqdn()),
    )


@transaction.atomic
def record_unsendable(*, address: str, subject: str, account_ids: Collection[int]) -> None:
    """Show agents, among the e-mails given up, that this address is none, and what did not leave for it.

    Once for each subject, however often it is tried.
    """
    if Email.objects.filter(to=address, subject=subject, status=STATUS.failed).exists():
        return
    [row] = Email.objects.bulk_create(
        [Email(from_email=settings.DEFAULT_FROM_EMAIL, to=[address], subject=subject, status=STATUS.failed)]
    )
    _note_accounts(row, account_ids)
    Log.objects.create(
        email=row,
        status=STATUS.failed,
        exception_type="Adresse",
        message="Rien n’a pu partir\N{NO-BREAK SPACE}: cette adresse n’en est pas une. Corrigez-la.",
    )
