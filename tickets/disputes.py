"""« Ce n’est pas normal »: a family does not recognise a use, an agent decides, the family is told."""

from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from core.exceptions import Refusal

from . import notices, services
from .models import USED_STATES, Dispute, Doubt, Happened, State, Ticket, Use


class NothingToDispute(Refusal):
    sentence = "Ce ticket n’est pas utilisé, ou ne l’est plus."


class AlreadyDecided(Refusal):
    sentence = "Le département a déjà répondu sur cette utilisation. Appelez-nous."


class BeingPaid(Refusal):
    sentence = (
        "Ce ticket est dans un lot de paiement\N{NO-BREAK SPACE}: retirez-le du lot s’il n’est pas approuvé. "
        "S’il est payé, corrigez ce qui est dû à l’organisme, et créditez la famille."
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
    pending = Dispute.objects.filter(use__ticket=ticket_id, use__undone_at=None, decided_at=None)
    dispute = pending.first()
    if dispute is None:
        raise NothingToDecide
    if is_founded:
        if ticket.state != State.USED:
            raise BeingPaid
        services.undo_use(ticket_id=ticket_id, actor=actor, reason=dispute.get_doubt_display())
    else:
        pending.update(decided_at=timezone.now(), decided_by=actor, is_founded=False)
        notices.note(ticket_id, Happened.USE_CONFIRMED)
    dispute.refresh_from_db()
    return dispute


def is_pending(ticket: Ticket) -> bool:
    """Whether an agent has still to decide of the use that stands. No query, after `with_disputes`."""
    if ticket.state not in USED_STATES:
        return False
    said = (getattr(use, "dispute", None) for use in ticket.uses.all() if not use.undone_at)
    return any(one and not one.decided_at for one in said)


def with_disputes() -> Prefetch[Any, Any, Any]:
    """The uses of tickets, each with what the family said of it."""
    return Prefetch("uses", Use.objects.select_related("dispute"))


def of_living_use(ticket: Ticket) -> Dispute | None:
    """What the family said of the use that stands, if it said something."""
    if ticket.state not in USED_STATES:
        return None
    return Dispute.objects.filter(use__ticket=ticket, use__undone_at=None).first()
