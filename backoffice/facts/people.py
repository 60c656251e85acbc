"""An account and its children as an agent’s page words them."""

import datetime as dt

from django.utils import timezone

from accounts.models import Beneficiary, User

from .about import Facts

NBSP = "\N{NO-BREAK SPACE}"


def facts(user: User) -> Facts:
    seen = day(user.last_login) if user.last_login else "jamais"
    return [
        ("Nom", str(user)),
        ("Identifiant", user.username),
        *_family(user),
        ("Adresse", " ".join(part for part in (user.address, user.postcode, user.city) if part) or "–"),
        ("Téléphone", user.phone or "–"),
        ("Adresse e-mail", f"{user.email}, {_since(user)}" if user.email else "aucune"),
        ("Dernière visite", seen),
    ]


def guardians_of(child: Beneficiary) -> str:
    return ", ".join(map(str, child.guardians.order_by("last_name", "first_name"))) or "aucun"


def warnings(user: User) -> list[str]:
    """Whoever takes an account over begins with its address."""
    if not user.email_is_new or not user.email_changed_at:
        return []
    before = f"{NBSP}; avant{NBSP}: {user.former_email}" if user.former_email else ""
    when = f"le {day(user.email_changed_at)}, il y a moins de 7{NBSP}jours{before}."
    if user.needs_two_agents:
        return [
            f"Un agent a changé l’adresse e-mail {when}",
            "Pour rendre l’accès, par e-mail ou par lettre, un second agent doit confirmer.",
        ]
    return [
        f"L’adresse e-mail a été changée {when}",
        "Assurez-vous que c’est le titulaire du compte qui vous parle.",
    ]


def changed_lately(user: User) -> str:
    """The same in the journal, behind what was done."""
    if not user.email_is_new or not user.email_changed_at:
        return ""
    return f", adresse changée le {day(user.email_changed_at)} (avant{NBSP}: {user.former_email or 'aucune'})"


def child_line(child: Beneficiary) -> str:
    return f"{child.full_name} ({child.birth_year}), {child.school}, {child.get_grade_display()}"


def person(user: User) -> str:
    """In one line, to tell namesakes apart: whose parent, where, since when seen."""
    children = ", ".join(f"{child.full_name} ({child.birth_year})" for child in user.children.all())
    said = [
        f"{user} ({user.username})",
        user.city or "ville inconnue",
        user.email or "sans e-mail",
        f"parent de {children}" if children else "sans enfant ici",
        f"dernière visite le {day(user.last_login)}" if user.last_login else "jamais venu",
    ]
    return ", ".join(said)


def day(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y}"


def _since(user: User) -> str:
    confirmed = f", confirmée le {day(user.email_confirmed_at)}" if user.email_confirmed_at else ""
    if user.email_changed_at:
        return f"depuis le {day(user.email_changed_at)}{confirmed}"
    return f"la même depuis que le compte existe ({day(user.date_joined)}){confirmed}"


def _family(user: User) -> Facts:
    own: Beneficiary | None = getattr(user, "beneficiary", None)
    if own:
        return [("Compte d’enfant", child_line(own))]
    if user.is_staff:
        return []
    children = user.children.select_related("school")
    return [("Parent de", child_line(child)) for child in children] or [("Parent de", "aucun enfant")]
