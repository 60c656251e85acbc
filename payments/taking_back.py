"""Closes a dispute that is founded, of a ticket that is in a payment or paid: its use cannot be undone."""

import uuid

from django.db import transaction

from accounts.models import User
from core.money import NBSP
from tickets import disputes
from tickets.models import Dispute

from . import corrections, mail


@transaction.atomic
def take_back(*, ticket_id: int, key: uuid.UUID, actor: User, proposed_by: User | None = None) -> Dispute:
    """The family has its euros back, if they can serve; the organisme owes them, for its next payment.

    `proposed_by`: whom `actor` confirms. Locks the wallet, then the ticket. Raises NothingToDecide,
    NotBeingPaid.
    """
    dispute = disputes.repay(ticket_id=ticket_id, key=key, actor=actor)
    partner = dispute.use.offer.partner
    author = proposed_by or actor
    correction = corrections.correct(
        partner_id=partner.merged_into_id or partner.pk,
        amount=-dispute.use.ticket.amount,
        reason=f"Ticket n°{NBSP}{ticket_id} contesté par la famille{NBSP}: {dispute.get_doubt_display()}",
        key=key,
        author=author,
        second=actor if actor != author else None,
        ticket_id=ticket_id,
    )
    mail.tell_taken_back(correction)
    return dispute
