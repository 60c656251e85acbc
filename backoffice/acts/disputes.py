"""The acts on a ticket whose use its family does not recognise: before a payment holds it, and after."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from backoffice.facts import disputes as facts
from backoffice.facts import tickets as about
from core.money import NBSP, euros
from payments import taking_back
from tickets import disputes
from tickets.models import State, Ticket

from .act import Act
from .dispute_forms import DisputeForm, TakeBackForm

ASKED = f"La famille a signalé cette utilisation. Vérifiez avec l’organisme, puis répondez{NBSP}: "
TOLD = f"{ASKED}elle en est prévenue, et l’organisme si elle a raison."


def _decide(ticket: Ticket, agent: User, said: dict[str, Any]) -> str:
    is_founded = said["decision"] == facts.FAMILY
    dispute = disputes.decide(ticket_id=ticket.pk, is_founded=is_founded, actor=agent)
    return f"{dispute.get_doubt_display()} – {'utilisation annulée' if is_founded else 'utilisation exacte'}"


def _settle(ticket: Ticket, agent: User, said: dict[str, Any]) -> str:
    if said["decision"] != facts.FAMILY:
        return _decide(ticket, agent, said)
    dispute = taking_back.take_back(
        ticket_id=ticket.pk, key=said["key"], actor=agent, proposed_by=said.get("proposed_by")
    )
    back = "rendus à la famille" if dispute.repaid_by_id else "que la campagne ne rend plus à la famille"
    return f"{dispute.get_doubt_display()} – {euros(ticket.amount)} repris à l’organisme, {back}"


ACTS = [
    Act(
        "decider-la-contestation",
        "Décider de la contestation",
        Action.DISPUTE_DECIDED,
        "tickets.decide_dispute",
        TOLD,
        _decide,
        DisputeForm,
        names=about.name,
        about=facts.deciding,
        applies=lambda ticket: disputes.is_pending(ticket) and ticket.state == State.USED,
        undo=f"Annulez l’utilisation, ou marquez le ticket utilisé{NBSP}: la famille en est prévenue.",
    ),
    Act(
        "regler-la-contestation",
        "Décider de la contestation",
        Action.DISPUTE_DECIDED,
        "tickets.decide_dispute",
        f"{TOLD} Le ticket est déjà dans un paiement, qui ne change pas.",
        _settle,
        TakeBackForm,
        names=about.name,
        applies=lambda ticket: disputes.is_pending(ticket) and ticket.state != State.USED,
        weighs=facts.settling,
        needs_second=facts.passes_ceilings,
        undo="Corrigez ce qui est dû à l’organisme, et le porte-monnaie de l’enfant, dans l’autre sens.",
    ),
]
