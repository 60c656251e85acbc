"""Notices to a child's guardians about its tickets. Never a code: several people may read a mailbox.

A service notes what happened, one line in its own transaction; a task finds the words. So what is told is
what was kept.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import task
from prometheus_client import Counter

from accounts import mail_choices
from accounts.mail_choices import MailKind
from accounts.models import Beneficiary
from core import mail, throttle
from core.tasks import Later, Priority, Queue
from core.throttle_policy import MINUTE, Limit, ThrottlePolicy

from .models import USED_STATES, Dispute, Happened, Notice, Ticket

TICKETS = Counter("passplus_tickets", "Tickets that were created, cancelled or used.", ["happened"])
MESSAGES = {
    Happened.CREATED: "mail/tickets_created",
    Happened.CANCELLED: "mail/ticket_cancelled",
    Happened.USED: "mail/ticket_used",
    Happened.USE_UNDONE: "mail/ticket_use_undone",
    Happened.USE_CONFIRMED: "mail/ticket_use_confirmed",
    Happened.USE_TAKEN_BACK: "mail/ticket_use_taken_back",
}
# Whether it is wanted. That a use was undone is told to whoever was told of the use.
KINDS = {
    Happened.CREATED: MailKind.CREATED,
    Happened.CANCELLED: MailKind.CANCELLED,
    Happened.USED: MailKind.USED,
    Happened.USE_UNDONE: MailKind.USED,
    Happened.USE_CONFIRMED: MailKind.USED,
    Happened.USE_TAKEN_BACK: MailKind.USED,
}
MESSAGES_OF_A_CHILD = ThrottlePolicy(
    "notice",
    account=Limit(
        free=settings.NOTICES_ALONE,
        first=10 * MINUTE,
        longest=10 * MINUTE,
        memory=10 * MINUTE,
    ),
)
# In one message: more than what a family can make in ten minutes.
LOOKED_AT = 1_000


def note(ticket_id: int, happened: Happened, *, tickets: int = 1) -> None:
    """In the transaction of the deed. Of an order, its first ticket: one message, however many it made."""
    notice = Notice.objects.create(ticket_id=ticket_id, happened=happened)
    tell.enqueue(notice_id=notice.pk)
    # What is taken back with the transaction did not happen.
    transaction.on_commit(partial(TICKETS.labels(happened.value).inc, tickets), robust=True)


@task(queue_name=Queue.MAIL, priority=Priority.NOTICE)
def tell(*, notice_id: int) -> None:
    """Those of a child each alone while they are few, all in one message when a loop makes them."""
    notice = Notice.objects.select_related("ticket__wallet").filter(pk=notice_id).first()
    if notice is None:
        return  # It was told with others.
    child = notice.ticket.wallet.beneficiary_id
    try:
        # One worker at a time goes on with this child: the other one waits for this row.
        throttle.take(MESSAGES_OF_A_CHILD, f"{child}")
    except throttle.TooManyAttempts as refusal:
        raise Later(dt.timedelta(seconds=refusal.retry_after)) from refusal
    of_child = Notice.objects.filter(ticket__wallet__beneficiary=child).order_by("pk")
    # An erasure waits until they are in the outbox, or is first.
    together = list(of_child.select_related("ticket").select_for_update(of=("self",))[:LOOKED_AT])
    if len(together) <= settings.NOTICES_ALONE:
        together = [one for one in together if one.pk == notice_id]
    if not together:
        raise Later(dt.timedelta())  # It was told meanwhile: the message counts for nobody.
    Notice.objects.filter(pk__in=[one.pk for one in together]).delete()
    if len(together) == 1:
        _tell_one(together[0])
    else:
        _tell_all(together)


def _tell_all(notices: Sequence[Notice]) -> None:
    """One line a ticket, with all that happened to it and that who reads it wants to know."""
    happened: dict[int, list[Happened]] = defaultdict(list)
    for notice in notices:
        created = Ticket.objects.filter(order=notice.ticket.order_id).order_by("number")
        of_one = notice.happened != Happened.CREATED
        for number in [notice.ticket_id] if of_one else created.values_list("number", flat=True):
            happened[number].append(Happened(notice.happened))
    tickets = list(Ticket.objects.with_beneficiary().filter(number__in=happened).order_by("number"))
    child = tickets[0].wallet.beneficiary
    kinds = dict.fromkeys(Happened(notice.happened) for notice in notices)
    for box in _boxes(child, *kinds):
        wanted = [(each, [it.label for it in happened[each.number] if it in box.wants]) for each in tickets]
        mail.send(
            "mail/tickets_changed",
            box.address,
            **box.context(),
            first_name=child.first_name,
            lines=[(ticket, ", puis ".join(dict.fromkeys(labels))) for ticket, labels in wanted if labels],
            url=mail.link("tickets:statement", child.public_id),
        )


def _tell_one(notice: Notice) -> None:
    ticket = Ticket.objects.with_beneficiary().get(pk=notice.ticket_id)
    if notice.happened == Happened.USED and ticket.state not in USED_STATES:
        return  # An agent took it back meanwhile.
    tickets = [ticket]
    if notice.happened == Happened.CREATED:
        tickets = list(Ticket.objects.with_beneficiary().filter(order=ticket.order_id).order_by("number"))
    child = ticket.wallet.beneficiary
    page = ("tickets:detail", child.public_id, ticket.number)
    happened = Happened(notice.happened)
    repaid = Dispute.objects.filter(use__ticket=ticket, use__undone_at=None, repaid_by__isnull=False)
    is_repaid = happened == Happened.USE_TAKEN_BACK and repaid.exists()
    for box in _boxes(child, happened):
        mail.send(
            MESSAGES[happened],
            box.address,
            **box.context(),
            first_name=child.first_name,
            wallet=ticket.wallet,
            ticket=ticket,
            tickets=tickets,
            author=ticket.order.actor.told_to_families,
            canceller=ticket.cancelled_by.told_to_families if ticket.cancelled_by else "",
            is_repaid=is_repaid,
            total=sum(ticket.amount for ticket in tickets),
            dispute_url=mail.link("tickets:dispute", child.public_id, ticket.number),
            partner_url=mail.link("partners:partner", ticket.offer.partner_id) if ticket.offer else "",
            url=mail.link(*page if len(tickets) == 1 else ("tickets:statement", child.public_id)),
        )


@dataclass
class Box:
    """An address, and who reads it: parents who live apart have a message each, who share a box have one."""

    address: str
    readers: dict[int, str] = field(default_factory=dict)
    wants: dict[Happened, None] = field(default_factory=dict)

    def context(self) -> dict[str, Any]:
        """Of each message: who reads it, and the link that stops its kind."""
        return {
            "account_ids": [*self.readers],
            "reader": " et ".join(self.readers.values()),
            "stop_url": mail_choices.stop_link(self.readers, *dict.fromkeys(KINDS[it] for it in self.wants)),
        }


def _boxes(child: Beneficiary, *kinds: Happened) -> list[Box]:
    """Where some of these kinds are wanted."""
    boxes: dict[str, Box] = {}
    for kind in kinds:
        for reader in mail_choices.readers(child, KINDS[kind]):
            box = boxes.setdefault(reader.email.lower(), Box(reader.email))
            box.readers[reader.pk], box.wants[kind] = reader.first_name, None
    return list(boxes.values())
