"""The acts on who acts for a child."""

from typing import Any

from accounts import guardianship
from accounts.audit import Action
from accounts.guardianship import Left
from accounts.models import Beneficiary, User
from backoffice.facts import children, held_tickets, new_guardians
from core.money import NBSP

from .act import Act
from .guardian_forms import ComingForm, LeavingForm, ReplaceForm
from .new_guardian_form import PERSON, NewGuardianForm


def _called(user: User) -> str:
    return f"{user} ({user.username})"


def _gone(left: Left) -> str:
    return f"{_called(left.guardian)}{', accès propre de l’enfant fermé' if left.login_closed else ''}"


def _add(child: Beneficiary, agent: User, cleaned: dict[str, Any]) -> str:
    return _called(guardianship.add(beneficiary_id=child.pk, user_id=cleaned["coming"].pk))


def _make(child: Beneficiary, agent: User, cleaned: dict[str, Any]) -> str:
    person = {name: cleaned.get(name) or "" for name in PERSON}
    user = guardianship.add_account(beneficiary_id=child.pk, person=person)
    return f"{_called(user)}, vu{NBSP}: {cleaned['papers']}"


def _remove(child: Beneficiary, agent: User, cleaned: dict[str, Any]) -> str:
    may_be_last = cleaned.get("leaves_nobody", False)
    left = guardianship.remove(
        beneficiary_id=child.pk, user_id=cleaned["guardian"].pk, may_be_last=may_be_last
    )
    return _gone(left)


def _replace(child: Beneficiary, agent: User, cleaned: dict[str, Any]) -> str:
    left, coming = guardianship.replace(
        beneficiary_id=child.pk, user_id=cleaned["guardian"].pk, coming_id=cleaned["coming"].pk
    )
    return f"{_gone(left)} → {_called(coming)}"


ACTS = [
    Act(
        "ajouter-un-responsable",
        "Ajouter un responsable légal",
        Action.GUARDIAN_ADDED,
        "accounts.change_guardians",
        "Dès la confirmation, cette personne verra les porte-monnaie de l’enfant, créera et annulera ses "
        "tickets. Les autres responsables en sont prévenus.",
        _add,
        ComingForm,
        about=children.of_child,
        undo="Retirez-le, et annulez les tickets qu’il a créés.",
    ),
    Act(
        "creer-un-responsable",
        "Créer le compte d’un responsable",
        Action.GUARDIAN_MADE,
        "accounts.change_guardians",
        "Pour qui n’a pas encore de compte, et dont vous avez vu les papiers. Dès la confirmation, cette "
        "personne agit pour l’enfant. Les autres responsables en sont prévenus.",
        _make,
        NewGuardianForm,
        weighs=new_guardians.making,
        undo="Retirez ce responsable, puis, sur son compte, fermez-le.",
    ),
    Act(
        "retirer-un-responsable",
        "Retirer un responsable légal",
        Action.GUARDIAN_REMOVED,
        "accounts.change_guardians",
        "Dès maintenant, la personne choisie ne verra plus rien de l’enfant. Ses appareils sont déconnectés. "
        "Les autres responsables en sont prévenus.",
        _remove,
        LeavingForm,
        applies=lambda child: child.guardianships.exists(),
        about=held_tickets.leaving,
        undo="Ajoutez-le de nouveau.",
    ),
    Act(
        "remplacer-un-responsable",
        "Remplacer un responsable légal",
        Action.GUARDIAN_REPLACED,
        "accounts.change_guardians",
        "Dès la confirmation, l’un ne voit plus rien de l’enfant, l’autre agit pour lui. Les autres "
        "responsables en sont prévenus.",
        _replace,
        ReplaceForm,
        applies=lambda child: child.guardianships.exists(),
        about=held_tickets.leaving,
        undo="La même page, dans l’autre sens.",
    ),
]
