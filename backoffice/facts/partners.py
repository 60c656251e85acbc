"""Two organismes beside each other, and what merging them moves."""

from typing import Any

from core.formats import counted_in_french
from core.money import NBSP, euros
from partners.models import Partner
from partners.official_numbers import in_groups
from tickets.partner_merge import Held, filled, held_by

from .about import About, Facts


def called(partner: Partner) -> str:
    """In one line, to tell namesakes apart."""
    numbers = in_groups(partner.siret) or partner.rna or "sans SIRET ni RNA"
    return f"{partner}, {partner.commune} ({numbers}), {_activities(partner) or 'sans activité'}"


def merging(partner: Partner, said: dict[str, Any] | None) -> About:
    held = held_by(partner.pk)
    if not said:
        return About([("Organisme", called(partner)), *_facts(held)])
    kept: Partner = said["kept"]
    taken = filled(partner, kept)
    facts = [
        ("Fiche gardée", called(kept)),
        *_facts(held),
        ("Activités qui changent de fiche", _activities(partner) or "aucune"),
        ("Complété sur la fiche gardée", ", ".join(map(str, taken.values())) or "rien"),
    ]
    outcome = (
        f"{partner} ne sera plus dans l’annuaire{NBSP}: sa page mènera à {kept}, et un fichier qui dit "
        "encore son nom ou ses numéros modifiera la fiche gardée. Cela ne se défait pas."
    )
    warnings = [] if kept.commune_id == partner.commune_id else ["Ils ne sont pas de la même commune."]
    return About(facts, outcome, warnings, beside=_beside(partner, kept))


def _facts(held: Held) -> Facts:
    used = f"dont {held.used} utilisés, {euros(held.used_euros)}"
    tickets = f"{counted_in_french(held.tickets, 'ticket')}, {euros(held.euros)}, {used}"
    return [("Tickets qui changent de fiche", tickets if held.tickets else "aucun")]


def _beside(double: Partner, kept: Partner) -> list[tuple[str, object, object]]:
    pair = (_column(double), _column(kept))
    return [(label, pair[0][label], pair[1][label]) for label in pair[0]]


def _column(partner: Partner) -> dict[str, str]:
    held = held_by(partner.pk)
    until = f" jusqu’au {partner.affiliated_until:%d/%m/%Y}" if partner.affiliated_until else ""
    return {
        "Nom": partner.name,
        "SIRET": in_groups(partner.siret) or "–",
        "RNA": partner.rna or "–",
        "Commune": str(partner.commune),
        "Adresse": f"{partner.address} {partner.postcode}".strip() or "–",
        "Téléphone": partner.phone or "–",
        "Adresse e-mail": partner.email or "–",
        "Affilié": f"depuis le {partner.affiliated_from:%d/%m/%Y}{until}",
        "Activités": _activities(partner) or "aucune",
        "Tickets": f"{held.tickets}, {euros(held.euros)}",
        "Utilisés": f"{held.used}, {euros(held.used_euros)}",
    }


def _activities(partner: Partner) -> str:
    offers = partner.offers.select_related("activity")
    return ", ".join(f"{offer.activity} ({offer.get_kind_display()})" for offer in offers)
