"""Two rows that are one, beside each other: what is compared, the one that goes, the one that stays."""

from collections.abc import Callable
from typing import TypeVar

from accounts.models import Beneficiary, User
from core.money import euros
from partners.models import Partner
from partners.official_numbers import in_groups
from tickets.models import Ticket
from tickets.partner_merge import held_by

from . import people

Row = TypeVar("Row")


def beside(
    goes: Row, stays: Row, column: Callable[[Row], dict[str, str]]
) -> list[tuple[str, object, object]]:
    left, right = column(goes), column(stays)
    return [(label, left[label], right[label]) for label in left]


def of_partner(partner: Partner) -> dict[str, str]:
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
        "Activités": activities(partner) or "aucune",
        "Tickets": f"{held.tickets}, {euros(held.euros)}",
        "Utilisés": f"{held.used}, {euros(held.used_euros)}",
    }


def activities(partner: Partner) -> str:
    offers = partner.offers.select_related("activity")
    return ", ".join(f"{offer.activity} ({offer.get_kind_display()})" for offer in offers)


def of_child(child: Beneficiary) -> dict[str, str]:
    tickets = Ticket.objects.filter(wallet__beneficiary=child)
    wallets = [f"{it} {it.campaign} {euros(it.balance)}" for it in child.wallets.in_order()]
    return {
        "Nom et prénom": str(child),
        "Naissance": str(child.birth_year),
        "Numéro d’élève": child.pupil_number,
        "Collège": f"{child.school}, {child.get_grade_display()}",
        "Inscrit": "oui" if child.is_enrolled else "non",
        "Responsables": ", ".join(map(str, child.guardians.order_by("username"))) or "aucun",
        "Accès propre": child.user.username if child.user else "aucun",
        "Porte-monnaie": ", ".join(wallets) or "aucun",
        "Tickets": str(tickets.count()),
    }


def of_account(user: User) -> dict[str, str]:
    confirmed = f", confirmée le {people.day(user.email_confirmed_at)}" if user.email_confirmed_at else ""
    home = " ".join(part for part in (user.address, user.postcode, user.city) if part)
    return {
        "Nom": str(user),
        "Identifiant": user.username,
        "Adresse e-mail": f"{user.email}{confirmed}" if user.email else "aucune",
        "Téléphone": user.phone or "–",
        "Adresse": home or "–",
        "Enfants": ", ".join(str(child) for child in user.children.order_by("pk")) or "aucun",
        "Ouvert": "oui" if user.is_active else "non",
        "Dernière visite": people.day(user.last_login) if user.last_login else "jamais",
    }
