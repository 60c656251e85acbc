"""The acts on an account: giving an access back, stopping a theft, closing, reopening."""

from typing import Any

from django.http import HttpResponse

from accounts import appointment, letters, recovery, second_factor, services
from accounts.audit import Action
from accounts.models import User
from accounts.recovery import Address
from backoffice.facts import accounts, held_tickets, people
from core.money import NBSP

from .account_forms import RoleForm, TheftForm
from .act import Act


def _takes_two(user: User, cleaned: dict[str, Any]) -> bool:
    """Read anew: another window may have changed the address since the row was."""
    return User.objects.get(pk=user.pk).needs_two_agents


def _appointing_takes_two(user: User, cleaned: dict[str, Any]) -> bool:
    """Who leaves is out at once."""
    return cleaned["role"] != appointment.NO_ROLE and appointment.takes_two(user)


def _appoint(user: User, agent: User, cleaned: dict[str, Any]) -> str:
    return f"{appointment.appoint(user_id=user.pk, role=cleaned['role'])} → {cleaned['role']}"


def _send_new_access(user: User, agent: User, cleaned: dict[str, Any]) -> str:
    recovery.send_new_access(user_id=user.pk, address=user.email)
    return f"E-mail envoyé à {user.email}{people.changed_lately(user)}"


def _make_letter(user: User, agent: User, cleaned: dict[str, Any]) -> str:
    addresses = recovery.make_letter(user_id=user.pk)
    return f"{_written_to(addresses)}{people.changed_lately(user)}"


def _letter(user: User) -> HttpResponse:
    return letters.as_response([User.objects.get(pk=user.pk)])


def _stop_theft(user: User, agent: User, cleaned: dict[str, Any]) -> str:
    address = Address(cleaned["address"])
    addresses = recovery.stop_theft(user_id=user.pk, address=address, actor=agent)
    return f"{address.label}. {_written_to(addresses)}{people.changed_lately(user)}"


def _written_to(addresses: list[str]) -> str:
    return f"E-mail envoyé à {', '.join(addresses)}" if addresses else "Aucune adresse e-mail à prévenir"


def _close(user: User, agent: User, cleaned: dict[str, Any]) -> str:
    closed = recovery.close_account(user_id=user.pk, actor=agent)
    names = ", ".join(f"{child} ({child.user.username})" for child in closed if child.user)
    return f"accès propre fermé\N{NO-BREAK SPACE}: {names}"[:300] if names else ""


def _reopen(user: User, agent: User, cleaned: dict[str, Any]) -> str:
    recovery.reopen_account(user_id=user.pk)
    return ""


def _forget_second_factor(user: User, agent: User, cleaned: dict[str, Any]) -> str:
    second_factor.forget(user)
    services.end_sessions(user_id=user.pk)
    return ""


ACTS = [
    Act(
        "rendre-l-acces",
        "Rendre l’accès",
        Action.ACCESS_RESET,
        "accounts.reset_access",
        "L’identifiant et un lien pour un nouveau mot de passe partent à l’adresse e-mail du compte.",
        _send_new_access,
        applies=lambda user: user.is_active,
        idle=lambda user: "" if user.email else "aucune adresse e-mail",
        about=accounts.access,
        needs_second=_takes_two,
        undo=f"Si un autre a reçu l’e-mail{NBSP}: «{NBSP}Compte volé{NBSP}», puis rendez l’accès.",
    ),
    Act(
        "acces-par-courrier",
        "Donner un accès par courrier",
        Action.LETTER_MADE,
        "accounts.make_letters",
        "Une lettre s’ouvre, à imprimer, avec l’identifiant et un code pour choisir un mot de passe. "
        "Celles d’avant ne valent plus rien. Le mot de passe d’aujourd’hui vaut jusqu’au prochain.",
        _make_letter,
        applies=lambda user: user.is_active and not user.is_staff and not user.email,
        about=accounts.letter,
        needs_second=_takes_two,
        document=_letter,
        undo=f"Si un autre a la lettre{NBSP}: «{NBSP}Compte volé{NBSP}», puis une autre lettre.",
    ),
    Act(
        "compte-vole",
        "Compte volé",
        Action.ACCOUNT_STOLEN,
        "accounts.close_account",
        "Tous ses appareils sont déconnectés. Le mot de passe, les liens reçus par e-mail, les codes de "
        "lettre et un changement d’adresse en cours ne valent plus rien. Ensuite, une fois la personne "
        "reconnue, rendez l’accès, par e-mail ou par courrier, et annulez les tickets que le voleur a créés.",
        _stop_theft,
        TheftForm,
        applies=lambda user: user.is_active,
        about=held_tickets.of_theft,
        undo=f"Rendez l’accès{NBSP}: ni l’argent ni les tickets ne changent.",
    ),
    Act(
        "fermer",
        "Fermer le compte",
        Action.ACCOUNT_CLOSED,
        "accounts.close_account",
        "Plus personne n’entre par ce compte, qui s’y trouve en sort, et son mot de passe ne vaut plus rien. "
        "L’argent et les tickets restent.",
        _close,
        applies=lambda user: user.is_active,
        about=accounts.closing,
        undo="Rouvrez-le, puis rendez l’accès.",
    ),
    Act(
        "rouvrir",
        "Rouvrir le compte",
        Action.ACCOUNT_REOPENED,
        "accounts.close_account",
        "Le mot de passe, les liens et les codes d’avant ne valent plus rien. Rendez ensuite l’accès, par "
        "e-mail ou par courrier\N{NO-BREAK SPACE}: son titulaire choisira un nouveau mot de passe.",
        _reopen,
        applies=lambda user: not user.is_active,
        about=accounts.reopening,
        undo="Fermez-le.",
    ),
    Act(
        "second-facteur",
        "Remettre à zéro le second facteur",
        Action.SECOND_FACTOR_FORGOTTEN,
        "accounts.forget_second_factor",
        "Un téléphone sera à préparer de nouveau à la prochaine entrée. Vérifiez que c’est bien l’agent, ou "
        "le membre de l’organisme, qui le demande.",
        _forget_second_factor,
        applies=lambda user: user.is_staff or user.is_member,
        idle=lambda user: "" if second_factor.telephone_of(user) else "aucun téléphone préparé",
        about=accounts.account,
        undo="L’agent prépare de nouveau son téléphone en entrant.",
    ),
    Act(
        "role-d-agent",
        "Changer le rôle d’agent",
        Action.APPOINTED,
        "accounts.appoint_agents",
        "Le rôle dit ce que cet agent peut. Le donner demande un second administrateur\N{NO-BREAK SPACE}; "
        "l’enlever, non.",
        _appoint,
        RoleForm,
        applies=lambda user: user.is_active and not user.is_superuser,
        weighs=accounts.role,
        needs_second=_appointing_takes_two,
        undo="Changez-le de nouveau.",
    ),
]
