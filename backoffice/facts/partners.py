"""Two organismes beside each other, and what merging them moves."""

from collections.abc import Iterable
from typing import Any

from core.formats import counted_in_french
from core.money import NBSP, euros
from core.spelling import simplified
from partners.models import Partner
from partners.official_numbers import in_groups
from tickets.partner_merge import Held, filled, held_by

from .about import About, Facts
from .beside import activities, beside, of_partner


def called(partner: Partner) -> str:
    """In one line, to tell namesakes apart."""
    numbers = in_groups(partner.siret) or partner.rna or "sans SIRET ni RNA"
    return f"{partner}, {partner.commune} ({numbers}), {activities(partner) or 'sans activité'}"


def namesake(name: str, there: Iterable[Partner]) -> Partner | None:
    """Of those, as imports compare names."""
    return next((it for it in there if simplified(it.name) == simplified(name)), None)


def merging(partner: Partner, said: dict[str, Any] | None) -> About:
    held = held_by(partner.pk)
    if not said:
        return About([("Organisme", called(partner)), *_facts(held)])
    kept: Partner = said["kept"]
    taken = filled(partner, kept)
    facts = [
        ("Fiche gardée", called(kept)),
        *_facts(held),
        ("Activités qui changent de fiche", activities(partner) or "aucune"),
        ("Complété sur la fiche gardée", ", ".join(map(str, taken.values())) or "rien"),
    ]
    outcome = (
        f"{partner} ne sera plus dans l’annuaire{NBSP}: sa page mènera à {kept}, et un fichier qui dit "
        "encore son nom ou ses numéros modifiera la fiche gardée."
    )
    warnings = [] if kept.commune_id == partner.commune_id else ["Ils ne sont pas de la même commune."]
    return About(facts, outcome, warnings, beside=beside(partner, kept, of_partner))


def _facts(held: Held) -> Facts:
    used = f"dont {counted_in_french(held.used, 'utilisé')}, {euros(held.used_euros)}"
    tickets = f"{counted_in_french(held.tickets, 'ticket')}, {euros(held.euros)}, {used}"
    return [("Tickets qui changent de fiche", tickets if held.tickets else "aucun")]
