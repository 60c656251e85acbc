"""People as an agent's page draws them before an act."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.appointment import role_of
from accounts.child_logins import logins_around, made_by, may_be_behind
from accounts.models import Beneficiary, User
from core.spelling import of_whom

from .about import About, Facts

NBSP = "\N{NO-BREAK SPACE}"


def account(user: User) -> About:
    return About(facts(user), warnings=warnings(user))


def access(user: User) -> About:
    """Before an access is given back: where it will go, and since when that is the address."""
    outcome = f"L’accès part à {user.email}." if user.email else "Ce compte n’a pas d’adresse e-mail."
    return About(facts(user), outcome, warnings(user))


def letter(user: User) -> About:
    """The letter goes to the address of the household, and opens the account to whoever holds it."""
    lines = [user.address, f"{user.postcode} {user.city}".strip()]
    home = ", ".join(line for line in lines if line)
    where = f"À envoyer à {home}" if home else f"Aucune adresse postale{NBSP}: à remettre en mains propres"
    return About(facts(user), f"{where}, jamais à qui la demande au téléphone.", warnings(user))


def theft(user: User) -> About:
    """What else falls with the account: the children's logins whose links it has seen."""
    names = ", ".join(f"{login} ({login.username})" for login in made_by(user).order_by("pk"))
    falls = (
        f"Tombe aussi l’accès propre {of_whom(names)}, que ce compte a fait ou a pu faire{NBSP}: un "
        "responsable le refait ensuite."
        if names
        else ""
    )
    told = " et ".join(user.known_emails)
    agent = " Remettez aussi à zéro le second facteur de cet agent." if user.is_staff else ""
    outcome = f"L’e-mail qui le dit part à {told}." if told else f"Aucune adresse connue{NBSP}: appelez."
    return About(facts(user), f"{outcome} {falls}{agent}".strip(), warnings(user))


def closing(user: User) -> About:
    """Which logins of children fall with it."""
    around = logins_around(user.pk).select_related("user").order_by("pk")
    fall = [child for child in around if may_be_behind(user, child)]
    outcome = ""
    if fall:
        names = ", ".join(f"{child} ({child.user.username})" for child in fall if child.user)
        outcome = (
            f"Tombe aussi l’accès propre {of_whom(names)}, que ce compte a pu faire{NBSP}: un responsable "
            "qui reste en est prévenu, et pourra le refaire."
        )
    return About(facts(user), outcome, warnings(user))


def reopening(user: User) -> About:
    """Which logins of children do not live again with it."""
    around = logins_around(user.pk).select_related("user").order_by("pk")
    fallen = [child for child in around if child.user and not child.user.has_usable_password()]
    names = ", ".join(str(child) for child in fallen)
    outcome = (
        f"Reste fermé l’accès propre {of_whom(names)}{NBSP}: un responsable le refait." if fallen else ""
    )
    return About(facts(user), outcome, warnings(user))


def role(user: User, said: dict[str, Any] | None) -> About:
    before = role_of(user)
    after = f"{before} → {said['role']}" if said else before
    return About([*facts(user), ("Rôle d’agent", after)], warnings=warnings(user))


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


def warnings(user: User) -> list[str]:
    """Whoever takes an account over begins with its address."""
    if not user.email_is_new or not user.email_changed_at:
        return []
    before = f"{NBSP}; avant{NBSP}: {user.former_email}" if user.former_email else ""
    if user.needs_two_agents:
        changed = f"Un agent a changé l’adresse e-mail le {day(user.email_changed_at)}"
        return [
            f"{changed}, il y a moins de 7 jours{before}.",
            "Pour rendre l’accès, par e-mail ou par lettre, un second agent doit confirmer.",
        ]
    return [
        f"L’adresse e-mail a été changée le {day(user.email_changed_at)}, il y a moins de 7 jours{before}.",
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
