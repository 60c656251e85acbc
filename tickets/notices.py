"""What a child's guardians are told of its tickets. Never a code: a mailbox is read by more than one.

A service notes what happened, one line in its own transaction; `manage.py deliver` finds the words
(`accounts.later`). So what is told is what was kept.
"""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from prometheus_client import Counter

from accounts import later, mail
from accounts.models import Beneficiary, User

from .models import Happened, Notice, State, Ticket

TICKETS = Counter("passplus_tickets", "Tickets that were created, cancelled or used.", ["happened"])
MESSAGES = {
    Happened.CREATED: "mail/tickets_created",
    Happened.CANCELLED: "mail/ticket_cancelled",
    Happened.USED: "mail/ticket_used",
}


def note(ticket_id: int, happened: Happened, *, tickets: int = 1) -> None:
    """In the transaction of the deed. Of an order, its first ticket: one message, however many it made."""
    Notice.objects.create(ticket_id=ticket_id, happened=happened)
    # What is taken back with the transaction did not happen.
    transaction.on_commit(partial(TICKETS.labels(happened.value).inc, tickets), robust=True)


def compose(is_over: Callable[[], bool] = lambda: False) -> int:
    """Put in the outbox the next batch of what was noted; return how many there were."""
    return later.compose(Notice, _tell, is_over)


def _tell(notice: Notice) -> None:
    ticket = Ticket.objects.told_in_full().get(pk=notice.ticket_id)
    if notice.happened == Happened.USED and ticket.state != State.USED:
        return  # An agent took it back meanwhile.
    tickets = [ticket]
    if notice.happened == Happened.CREATED:
        tickets = list(Ticket.objects.told_in_full().filter(order=ticket.order_id).order_by("number"))
    child = ticket.wallet.beneficiary
    page = ("tickets:detail", child.public_id, ticket.number)
    for address in _addresses(child):
        mail.send(
            MESSAGES[Happened(notice.happened)],
            address,
            first_name=child.first_name,
            wallet=ticket.wallet,
            ticket=ticket,
            tickets=tickets,
            total=sum(ticket.amount for ticket in tickets),
            url=mail.link(*page if len(tickets) == 1 else ("tickets:statement", child.public_id)),
        )


def _addresses(child: Beneficiary) -> list[str]:
    """Of its guardians. Parents who live apart have a message each; those who share a box have one."""
    guardians = User.objects.filter(guardianships__beneficiary=child, is_active=True, is_staff=False)
    return list({guardian.email.lower(): guardian.email for guardian in guardians if guardian.email}.values())
