"""The acts on a version of the convention. The rules are those of `applications.conventions`."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from applications import conventions
from applications.models import Convention, ConventionState
from backoffice.facts.about import About
from core.money import NBSP

from .act import Act

RIGHT = "applications.change_convention"


def _put_in_force(convention: Convention, agent: User, said: dict[str, Any]) -> str:
    before = conventions.put_in_force(convention_id=convention.pk, actor=agent)
    return f"{before or 'aucune'} → {convention}"


def _end(convention: Convention, agent: User, said: dict[str, Any]) -> str:
    conventions.end(convention_id=convention.pk)
    return f"{convention} → aucune"


def _in_force(convention: Convention) -> bool:
    return convention.state == ConventionState.IN_FORCE


def _about(convention: Convention) -> About:
    now = conventions.in_force()
    return About(
        [
            ("Version", convention.title),
            ("Empreinte SHA-256 du texte", convention.sha256),
            ("En vigueur aujourd’hui", now.title if now else "aucune"),
        ]
    )


ACTS = [
    Act(
        "mettre-en-vigueur",
        "Mettre en vigueur",
        Action.CONVENTION_IN_FORCE,
        RIGHT,
        "Les organismes lisent ce texte dès maintenant, à la place de celui d’avant s’il y en a un. Il ne se "
        "change et ne se supprime plus.",
        _put_in_force,
        applies=lambda convention: not _in_force(convention),
        undo=f"Retirez-la, ou remettez en vigueur celle d’avant{NBSP}; pour un autre texte, écrivez une "
        "autre version.",
        # A draft that somebody changes meanwhile is read again.
        weighs=lambda convention, said: _about(convention),
    ),
    Act(
        "retirer",
        "Retirer",
        Action.CONVENTION_ENDED,
        RIGHT,
        "Aucune convention n’est plus proposée aux organismes.",
        _end,
        applies=_in_force,
        undo="Remettez-la en vigueur.",
        about=_about,
    ),
]
