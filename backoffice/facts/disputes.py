"""What a family does not recognise, as the agent who decides reads it, and what it changes in euros."""

from typing import Any

from django.utils import timezone

from core.money import NBSP, euros
from payments.models import Rules
from tickets import disputes
from tickets.models import Dispute, Ticket

from . import tickets, wallets
from .about import About, Facts

# What the form says where the family is right.
FAMILY = "famille"


def deciding(ticket: Ticket) -> About:
    return About([*_said(ticket), *tickets.facts(ticket)])


def settling(ticket: Ticket, cleaned: dict[str, Any] | None) -> About:
    """Of a ticket that is in a payment, or paid."""
    shown = [*_said(ticket), *tickets.facts(ticket)]
    if not cleaned or cleaned["decision"] != FAMILY:
        return About(shown)
    where = ticket.offer and ticket.offer.partner
    shown.append((f"Repris à {where}", f"{euros(ticket.amount)}, sur son prochain paiement"))
    wallet, warnings = ticket.wallet, []
    if disputes.takes_back(wallet):
        change = f"{euros(wallet.balance)} → {euros(wallet.balance + ticket.amount)}"
        shown.append((f"Rendu au porte-monnaie {wallet.get_kind_display()}", change))
    else:
        warnings.append(
            f"La campagne {wallet.campaign} ne prend plus de tickets{NBSP}: rien ne revient au porte-monnaie."
        )
    if passes_ceilings(ticket, cleaned):
        warnings.append(f"Plus que ce qu’un agent corrige seul{NBSP}: un second agent doit confirmer.")
    return About(shown, warnings=warnings)


def passes_ceilings(ticket: Ticket, cleaned: dict[str, Any]) -> bool:
    """Of what is owed, or of what the wallet was given by corrections before."""
    if cleaned["decision"] != FAMILY:
        return False
    credit = {"way": "credit", "amount": ticket.amount, "key": cleaned["key"]}
    is_too_much_given = disputes.takes_back(ticket.wallet) and wallets.passes_ceiling(ticket.wallet, credit)
    return is_too_much_given or ticket.amount > Rules.current().second_agent_above


def _said(ticket: Ticket) -> Facts:
    dispute = Dispute.objects.select_related("use__offer", "use__actor").get(
        use__ticket=ticket, use__undone_at=None
    )
    return [
        ("Signalé", f"le {timezone.localtime(dispute.created_at):%d/%m/%Y}, par {dispute.actor}"),
        ("Motif de la famille", dispute.get_doubt_display()),
        (
            "Utilisé",
            f"le {timezone.localtime(dispute.use.used_at):%d/%m/%Y à %H:%M}, par {dispute.use.actor}",
        ),
        ("Moyen", dispute.use.get_way_display()),
    ]
