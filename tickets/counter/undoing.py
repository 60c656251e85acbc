"""A member takes back a use that was a mistake."""

import datetime as dt

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from core.exceptions import Refusal
from partners import memberships
from partners.exceptions import NotAMember
from partners.models import Membership

from .. import services
from ..models import State, Use

# For who used it. A manager takes back any use, until it is paid.
OWN_WITHIN = dt.timedelta(hours=24)


class Reason(models.TextChoices):
    WRONG_CHILD = "enfant", "Ce n’était pas le bon enfant"
    WRONG_TICKET = "ticket", "Ce n’était pas le bon ticket"
    NO_ACTIVITY = "activite", "L’activité n’a pas lieu"
    LEFT = "depart", "L’enfant a renoncé"
    OTHER = "autre", "Autre raison"


class UndoRefused(Refusal):
    """The use stays."""


class TooLateToUndo(UndoRefused):
    sentence = (
        "Vous pouvez annuler vos propres utilisations pendant 24\N{NO-BREAK SPACE}heures. "
        "Demandez à un responsable de votre organisme de le faire."
    )


class AlreadyUndone(UndoRefused):
    sentence = "Cette utilisation est déjà annulée."


class BeingPaid(UndoRefused):
    sentence = "Ce ticket est déjà dans un lot de paiement. Appelez-nous pour le corriger."


class TakenBack(UndoRefused):
    sentence = (
        "La famille avait raison, et la somme vous est déjà reprise\N{NO-BREAK SPACE}: il n’y a rien à "
        "annuler."
    )


def why_not(use: Use, membership: Membership) -> UndoRefused | None:
    """Why this member cannot take it back now; nothing if it can."""
    if use.undone_at:
        return AlreadyUndone()
    if use.ticket.state != State.USED:
        return BeingPaid()
    if use.is_taken_back:
        return TakenBack()
    is_own = use.actor_id == membership.user_id
    if not membership.is_manager and not (is_own and timezone.now() - use.used_at <= OWN_WITHIN):
        return TooLateToUndo()
    return None


@transaction.atomic
def undo(*, use_id: int, partner_id: int, actor: User, reason: Reason) -> None:
    """Make the ticket « Non utilisé » again, or « Expiré » if its last day has passed; the family is told.

    Locks the ticket. Raises NotAMember, UndoRefused, TicketNotUsed, Use.DoesNotExist.
    """
    use = Use.objects.get(pk=use_id, offer__partner=partner_id)
    use.ticket = services.lock(use.ticket_id)
    use.refresh_from_db(fields=["undone_at"])
    membership = memberships.open_one(actor, partner_id)
    if membership is None:
        raise NotAMember
    if refusal := why_not(use, membership):
        raise refusal
    services.undo_use(ticket_id=use.ticket_id, actor=actor, reason=reason.label)
