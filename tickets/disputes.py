"""« Ce n’est pas normal »: a family does not recognise a use, an agent decides, the family is told."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from core.exceptions import Refusal
from core.money import NBSP
from wallets import services as wallets
from wallets.models import Wallet

from . import notices, services
from .models import USED_STATES, Dispute, Doubt, Happened, State, Ticket, Use


class NothingToDispute(Refusal):
    sentence = "Ce ticket n’est pas utilisé, ou ne l’est plus."


class AlreadyDecided(Refusal):
    sentence = "Le département a déjà répondu sur cette utilisation. Appelez-nous."


class BeingPaid(Refusal):
    sentence = (
        f"Ce ticket vient d’entrer dans un lot de paiement{NBSP}: rouvrez la page, qui dit ce qu’il en est."
    )


class NotBeingPaid(Refusal):
    sentence = (
        f"Ce ticket n’est plus dans un lot de paiement{NBSP}: rouvrez la page, qui dit ce qu’il en est."
    )


class NothingToDecide(Refusal):
    sentence = "Il n’y a pas de contestation en attente sur ce ticket."


@transaction.atomic
def raise_one(*, ticket_id: int, doubt: Doubt, actor: User) -> Dispute:
    """Raised twice, it is one. Locks the ticket. Raises NothingToDispute, AlreadyDecided."""
    if services.lock(ticket_id).state not in USED_STATES:
        raise NothingToDispute
    use = Use.objects.living().get(ticket=ticket_id)
    dispute, _ = Dispute.objects.get_or_create(use=use, defaults={"doubt": doubt, "actor": actor})
    if dispute.decided_at:
        raise AlreadyDecided
    return dispute


@transaction.atomic
def decide(*, ticket_id: int, is_founded: bool, actor: User) -> Dispute:
    """Where the family is right, the use is undone. Locks the ticket. Raises NothingToDecide, BeingPaid."""
    ticket = services.lock(ticket_id)
    dispute = _pending(ticket_id)
    if is_founded:
        if ticket.state != State.USED:
            raise BeingPaid
        services.undo_use(ticket_id=ticket_id, actor=actor, reason=dispute.get_doubt_display())
    else:
        _close(dispute, actor, is_founded=False)
        notices.note(ticket_id, Happened.USE_CONFIRMED)
    dispute.refresh_from_db()
    return dispute


@transaction.atomic
def repay(*, ticket_id: int, key: uuid.UUID, actor: User) -> Dispute:
    """The family is right, and the ticket is in a payment, or paid: the use stays, and its euros come back to
    the wallet by a correction, where they can still serve.

    `key` is the form's. Locks the wallet, then the ticket. Raises NothingToDecide, NotBeingPaid.
    """
    wallet = Wallet.objects.locked().select_related("campaign", "beneficiary").get(tickets=ticket_id)
    ticket = services.lock(ticket_id)
    dispute = _pending(ticket_id)
    if ticket.state == State.USED:
        raise NotBeingPaid
    _close(dispute, actor, is_founded=True)
    if takes_back(wallet):
        entry = wallets.correct(
            wallet_id=wallet.pk,
            amount=ticket.amount,
            key=key,
            actor=actor,
            label=f"Ticket n°{NBSP}{ticket.pk} rendu",
        )
        Dispute.objects.filter(pk=dispute.pk).update(repaid_by=entry)
    notices.note(ticket_id, Happened.USE_TAKEN_BACK)
    dispute.refresh_from_db()
    return dispute


def takes_back(wallet: Wallet) -> bool:
    """Whether euros that come back may still become tickets."""
    is_over = timezone.localdate() > wallet.campaign.last_ticket_on
    return not is_over and wallet.beneficiary.anonymised_at is None


def _pending(ticket_id: int) -> Dispute:
    """Raises NothingToDecide."""
    dispute = Dispute.objects.filter(use__ticket=ticket_id, use__undone_at=None, decided_at=None).first()
    if dispute is None:
        raise NothingToDecide
    return dispute


def _close(dispute: Dispute, actor: User, *, is_founded: bool) -> None:
    """Guarded: by one caller only, even where no lock is held. Raises NothingToDecide."""
    pending = Dispute.objects.filter(pk=dispute.pk, decided_at=None)
    if not pending.update(decided_at=timezone.now(), decided_by=actor, is_founded=is_founded):
        raise NothingToDecide


def is_pending(ticket: Ticket) -> bool:
    """Whether an agent has still to decide of the use that stands. No query, after `with_disputes`."""
    if ticket.state not in USED_STATES:
        return False
    said = (getattr(use, "dispute", None) for use in ticket.uses.all() if not use.undone_at)
    return any(one and not one.decided_at for one in said)


def is_taken_back(ticket: Ticket) -> bool:
    """Whether the use that stands was given back by a correction: undone besides, it would be given twice.

    No query, after `with_disputes`.
    """
    return any(use.is_taken_back for use in ticket.uses.all())


def with_disputes() -> Prefetch[Any, Any, Any]:
    """The uses of tickets, each with what the family said of it."""
    return Prefetch("uses", Use.objects.select_related("dispute"))


def of_living_use(ticket: Ticket) -> Dispute | None:
    """What the family said of the use that stands, if it said something."""
    if ticket.state not in USED_STATES:
        return None
    return Dispute.objects.filter(use__ticket=ticket, use__undone_at=None).first()
