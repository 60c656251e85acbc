"""Notices to a child's guardians about its tickets. Never a code: several people may read a mailbox.

A service notes what happened, one line in its own transaction; `manage.py deliver` finds the words
(`core.deferred`). So what is told is what was kept.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain

from django.conf import settings
from django.db import transaction
from prometheus_client import Counter

from accounts.models import Beneficiary, User
from core import deferred as later
from core import mail, throttle
from core.throttle_policy import MINUTE, Limit, ThrottlePolicy

from .models import Happened, Notice, State, Ticket

TICKETS = Counter("passplus_tickets", "Tickets that were created, cancelled or used.", ["happened"])
MESSAGES = {
    Happened.CREATED: "mail/tickets_created",
    Happened.CANCELLED: "mail/ticket_cancelled",
    Happened.USED: "mail/ticket_used",
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
# Held ones are among them: no more than what some families can make in ten minutes.
LOOKED_AT = 5_000


def note(ticket_id: int, happened: Happened, *, tickets: int = 1) -> None:
    """In the transaction of the deed. Of an order, its first ticket: one message, however many it made."""
    Notice.objects.create(ticket_id=ticket_id, happened=happened)
    # What is taken back with the transaction did not happen.
    transaction.on_commit(partial(TICKETS.labels(happened.value).inc, tickets), robust=True)


def compose(is_over: Callable[[], bool] = lambda: False) -> int:
    """Put in the outbox the next batch of what was noted; return how many there were."""
    done = 0
    for together in _waiting():
        if is_over() or done >= later.AT_ONCE:
            break
        done += later.compose_together(together, _tell)
    return done


def _waiting() -> list[list[Notice]]:
    """Those of a child each alone while they are few, all in one message when a loop makes them."""
    children: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.order_by("pk").select_related("ticket__wallet")[:LOOKED_AT]:
        children[notice.ticket.wallet.beneficiary_id].append(notice)
    return list(
        chain.from_iterable(
            [notices] if len(notices) > settings.NOTICES_ALONE else [[notice] for notice in notices]
            for notices in children.values()
        )
    )


def _tell(notices: Sequence[Notice]) -> None:
    """Raises NotYet."""
    child = notices[0].ticket.wallet.beneficiary_id
    try:
        throttle.take(MESSAGES_OF_A_CHILD, f"{child}")
    except throttle.TooManyAttempts as refusal:
        raise later.NotYet from refusal
    if len(notices) == 1:
        _tell_one(notices[0])
    else:
        _tell_all(notices)


def _tell_all(notices: Sequence[Notice]) -> None:
    """One line a ticket, with all that happened to it."""
    happened: dict[int, list[str]] = defaultdict(list)
    for notice in notices:
        created = Ticket.objects.filter(order=notice.ticket.order_id).order_by("number")
        of_one = notice.happened != Happened.CREATED
        for number in [notice.ticket_id] if of_one else created.values_list("number", flat=True):
            happened[number].append(notice.get_happened_display())
    tickets = list(Ticket.objects.with_beneficiary().filter(number__in=happened).order_by("number"))
    child = tickets[0].wallet.beneficiary
    for address, reader in _readers(child):
        mail.send(
            "mail/tickets_changed",
            address,
            reader=reader,
            first_name=child.first_name,
            lines=[(ticket, ", puis ".join(dict.fromkeys(happened[ticket.number]))) for ticket in tickets],
            url=mail.link("tickets:statement", child.public_id),
        )


def _tell_one(notice: Notice) -> None:
    ticket = Ticket.objects.with_beneficiary().get(pk=notice.ticket_id)
    if notice.happened == Happened.USED and ticket.state != State.USED:
        return  # An agent took it back meanwhile.
    tickets = [ticket]
    if notice.happened == Happened.CREATED:
        tickets = list(Ticket.objects.with_beneficiary().filter(order=ticket.order_id).order_by("number"))
    child = ticket.wallet.beneficiary
    page = ("tickets:detail", child.public_id, ticket.number)
    for address, reader in _readers(child):
        mail.send(
            MESSAGES[Happened(notice.happened)],
            address,
            reader=reader,
            first_name=child.first_name,
            wallet=ticket.wallet,
            ticket=ticket,
            tickets=tickets,
            author=ticket.order.actor.told_to_families,
            canceller=ticket.cancelled_by.told_to_families if ticket.cancelled_by else "",
            total=sum(ticket.amount for ticket in tickets),
            partner_url=mail.link("partners:partner", ticket.offer.partner_id) if ticket.offer else "",
            url=mail.link(*page if len(tickets) == 1 else ("tickets:statement", child.public_id)),
        )


def _readers(child: Beneficiary) -> list[tuple[str, str]]:
    """The addresses of its guardians, and the first names of who reads each.

    Parents who live apart have a message each; those who share a box have one.
    """
    guardians = User.objects.filter(guardianships__beneficiary=child, is_active=True, is_staff=False)
    boxes: dict[str, list[User]] = defaultdict(list)
    for guardian in guardians.exclude(email="").order_by("pk"):
        boxes[guardian.email.lower()].append(guardian)
    return [(box[0].email, " et ".join(reader.first_name for reader in box)) for box in boxes.values()]
