"""What a child's guardians are told of its tickets. Never a code: a mailbox is read by more than one."""

import uuid
from collections.abc import Callable

from django.db import transaction

from accounts import mail
from accounts.models import Beneficiary, User

from .models import Order, Ticket


def order_placed(key: uuid.UUID) -> None:
    """One message, however many tickets it made."""
    _once_committed(lambda: _created(key))


def ticket_cancelled(number: int) -> None:
    _once_committed(lambda: _changed("mail/ticket_cancelled", number))


def ticket_used(number: int) -> None:
    _once_committed(lambda: _changed("mail/ticket_used", number))


def _once_committed(tell: Callable[[], None]) -> None:
    """Robust: a message that cannot be written does not look like a ticket that could not be made."""
    transaction.on_commit(tell, robust=True)


def _created(key: uuid.UUID) -> None:
    order = Order.objects.select_related("wallet__beneficiary").get(pk=key)
    tickets = list(Ticket.objects.of(order.wallet.beneficiary).filter(order=order).order_by("number"))
    _tell("mail/tickets_created", tickets)


def _changed(template: str, number: int) -> None:
    ticket = Ticket.objects.select_related("wallet__beneficiary").get(pk=number)
    _tell(template, list(Ticket.objects.of(ticket.wallet.beneficiary).filter(pk=number)))


@transaction.atomic
def _tell(template: str, tickets: list[Ticket]) -> None:
    wallet = tickets[0].wallet
    child = wallet.beneficiary
    page = ("tickets:detail", child.public_id, tickets[0].number)
    for address in _addresses(child):
        mail.send(
            template,
            address,
            first_name=child.first_name,
            wallet=wallet,
            ticket=tickets[0],
            tickets=tickets,
            total=sum(ticket.amount for ticket in tickets),
            url=mail.link(*page if len(tickets) == 1 else ("tickets:statement", child.public_id)),
        )


def _addresses(child: Beneficiary) -> list[str]:
    """Of its guardians. Parents who live apart have a message each; those who share a box have one."""
    guardians = User.objects.filter(guardianships__beneficiary=child, is_active=True, is_staff=False)
    return list({guardian.email.lower(): guardian.email for guardian in guardians if guardian.email}.values())
