"""Two rows of one child beside each other, and what merging them moves: guardians, tickets, euros."""

from typing import Any

from accounts.models import Beneficiary
from core.formats import counted_in_french
from core.money import NBSP, euros
from tickets.models import Ticket
from wallets import merging
from wallets.merging import Pair

from . import children, people
from .about import About, Facts
from .beside import beside, of_child
from .child_merge_warnings import warnings


def merge(child: Beneficiary, said: dict[str, Any] | None) -> About:
    if not said:
        return children.of_child(child)
    kept: Beneficiary = said["kept"]
    both = merging.pairs(double_id=child.pk, kept_id=kept.pk)
    tickets = Ticket.objects.filter(wallet__beneficiary=child).count()
    coming = [user for user in child.guardians.order_by("username") if user not in kept.guardians.all()]
    facts: Facts = [
        ("Fiche gardée", f"{kept}, numéro {kept.pupil_number}"),
        ("Tickets qui changent de fiche", counted_in_french(tickets, "ticket") if tickets else "aucun"),
        *[(f"{pair.double}, {pair.double.campaign}", _told(pair)) for pair in both],
        *[("Responsable qui s’ajoute", people.person(user)) for user in coming],
    ]
    outcome = (
        f"L’enfant garde une seule dotation par campagne. La fiche numéro {child.pupil_number} ne sera plus "
        f"inscrite ni vue de personne{NBSP}; une liste qui dit encore son numéro modifiera la fiche gardée."
    )
    return About(facts, outcome, list(warnings(child, kept, both)), beside=beside(child, kept, of_child))


def takes_two(child: Beneficiary, said: dict[str, Any]) -> bool:
    """Euros beyond what one agent may correct alone."""
    both = merging.pairs(double_id=child.pk, kept_id=said["kept"].pk)
    return any(max(it.taken_back, it.overspent) > it.double.campaign.correction_ceiling for it in both)


def _told(pair: Pair) -> str:
    """Who keeps which euros."""
    if pair.kept is None:
        return f"il passe tel quel à la fiche gardée, qui n’en avait pas{NBSP}: {euros(pair.left)}"
    told = [f"{euros(pair.kept.balance)} → {euros(pair.left)} sur la fiche gardée"]
    if pair.spent:
        told.append(f"{euros(pair.spent)} de tickets de la fiche en double y sont pris")
    if pair.overspent:
        told.append(f"{euros(pair.overspent)} dépensés en trop ne se reprennent pas")
    told.append(f"{euros(pair.taken_back)} de dotation en double repris")
    return ", ".join(told)
