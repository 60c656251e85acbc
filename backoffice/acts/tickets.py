"""The acts on a ticket: cancelling, marking as used, undoing the use."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from backoffice.facts import tickets as about
from core.money import NBSP, euros
from tickets import remaking, services
from tickets.models import State, Ticket
from wallets.models import Wallet

from .act import Act, AlreadyDone
from .ticket_forms import CancelForm, RemakeForm, UseForm


def _cancel(ticket: Ticket, agent: User, said: dict[str, Any]) -> str:
    back = services.stop(ticket_id=ticket.pk, actor=agent, accept_loss=said.get("accept_loss", False))
    return f"{euros(ticket.amount)} {'revenus au porte-monnaie' if back else 'perdus'}"


def _remake(ticket: Ticket, agent: User, said: dict[str, Any]) -> str:
    Wallet.objects.locked().get(tickets=ticket.pk)
    if services.was_placed(said["key"]):
        raise AlreadyDone
    offer = said["offer"]
    anew = remaking.remake(
        ticket_id=ticket.pk, offer_id=offer.pk if offer else None, key=said["key"], actor=agent
    )
    return f"{anew}, {euros(anew.amount)}, {offer or 'sur papier'}"


def _use(ticket: Ticket, agent: User, said: dict[str, Any]) -> str:
    offer = said.get("offer")
    services.use(ticket_id=ticket.pk, actor=agent, offer_id=offer.pk if offer else None)
    return str(offer or ticket.offer)


def _use_late(ticket: Ticket, agent: User, said: dict[str, Any]) -> str:
    offer = said.get("offer")
    services.use_late(ticket_id=ticket.pk, actor=agent, offer_id=offer.pk if offer else None)
    return (
        f"{offer or ticket.offer}, en retard{NBSP}: son dernier jour était le {ticket.valid_until:%d/%m/%Y}"
    )


def _undo_use(ticket: Ticket, agent: User, said: dict[str, Any]) -> str:
    services.undo_use(ticket_id=ticket.pk, actor=agent, reason=said.get("reason", ""))
    return str(ticket.offer or "")


ACTS = [
    Act(
        "annuler",
        "Annuler le ticket",
        Action.TICKET_CANCELLED,
        "tickets.cancel_ticket",
        "Il ne vaut plus rien, même imprimé. La famille en est prévenue.",
        _cancel,
        CancelForm,
        names=about.name,
        about=about.cancelling,
        applies=lambda ticket: ticket.displayed_state == State.UNUSED,
        undo="Refaites-le, tant que la campagne prend des tickets.",
    ),
    Act(
        "refaire",
        "Refaire le ticket",
        Action.TICKET_REMADE,
        "tickets.remake_ticket",
        "Pour un papier perdu, un ticket annulé par erreur, ou fait pour un autre organisme. Le nouveau a un "
        f"autre numéro et un autre code{NBSP}: il est sur le compte de la famille, qui l’imprime de là. Elle "
        "en est prévenue.",
        _remake,
        RemakeForm,
        names=about.name,
        about=about.remaking,
        applies=remaking.can_be_remade,
        idle=remaking.why_not_today,
        undo=f"Annulez le nouveau{NBSP}: la somme revient.",
    ),
    Act(
        "utiliser",
        "Marquer utilisé",
        Action.TICKET_USED,
        "tickets.use_ticket",
        "Comme si l’organisme l’avait pris aujourd’hui. La famille en est prévenue.",
        _use,
        UseForm,
        names=about.name,
        about=about.using,
        applies=lambda ticket: ticket.displayed_state == State.UNUSED,
        undo="Annulez l’utilisation.",
    ),
    Act(
        "utiliser-en-retard",
        "Marquer utilisé en retard",
        Action.TICKET_USED,
        "tickets.use_ticket",
        "Pour une activité commencée avant le dernier jour, que l’organisme n’a pas notée à temps. La date "
        "est celle d’aujourd’hui. La famille en est prévenue.",
        _use_late,
        UseForm,
        names=about.name,
        about=about.using_late,
        applies=lambda ticket: ticket.displayed_state == State.EXPIRED,
        idle=about.why_not_late,
        undo=f"Annulez l’utilisation{NBSP}: il redevient «{NBSP}Expiré{NBSP}».",
    ),
    Act(
        "annuler-l-utilisation",
        "Annuler l’utilisation",
        Action.USE_UNDONE,
        "tickets.undo_use_ticket",
        "Le ticket n’est plus utilisé. Sur papier, il n’a plus d’organisme.",
        _undo_use,
        names=about.name,
        about=about.undoing,
        applies=lambda ticket: ticket.state == State.USED,
        idle=about.why_not_undone,
        undo="Marquez-le utilisé, en retard si son dernier jour est passé"
        f"{NBSP}; la date sera celle d’aujourd’hui.",
    ),
]
