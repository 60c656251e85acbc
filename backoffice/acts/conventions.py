"""The acts on a version of the convention. The rules are those of `applications.conventions`."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from applications import conventions, proposing
from applications.models import Convention, ConventionState
from backoffice.facts.about import About
from core.formats import counted_in_french
from core.money import NBSP

from .act import Act
from .forms import TypedForm

RIGHT = "applications.change_convention"
# Who are written to: beyond that, two agents.
MANY = 200


def _put_in_force(convention: Convention, agent: User, said: dict[str, Any]) -> str:
    readers = proposing.to_tell(convention).count()
    before = conventions.put_in_force(convention_id=convention.pk, actor=agent)
    return f"{before or 'aucune'} → {convention}, {counted_in_french(readers, 'e-mail')}"


def _end(convention: Convention, agent: User, said: dict[str, Any]) -> str:
    conventions.end(convention_id=convention.pk)
    return f"{convention} → aucune"


def _in_force(convention: Convention) -> bool:
    return convention.state == ConventionState.IN_FORCE


def _is_read_by_many(convention: Convention) -> bool:
    return proposing.to_tell(convention).count() > MANY


class InForceForm(TypedForm):
    """The version is typed where many are written to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not _is_read_by_many(self.subject):
            del self.fields["typed"]


def _weighed(convention: Convention, said: dict[str, Any] | None) -> About:
    """How many it is told to is no fact: others join, and sign, before a second agent reads it."""
    readers = proposing.to_tell(convention)
    organismes = readers.values("partner").distinct().count()
    emails = counted_in_french(readers.count(), "e-mail")
    outcome = f"{emails} aux responsables de {counted_in_french(organismes, 'organisme affilié')}."
    return About(_about(convention).facts, outcome if organismes else "")


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
        "change et ne se supprime plus. La première fois, un e-mail le dit aux responsables des "
        "organismes affiliés.",
        _put_in_force,
        InForceForm,
        applies=lambda convention: not _in_force(convention),
        undo=f"Retirez-la, ou remettez en vigueur celle d’avant{NBSP}; pour un autre texte, écrivez une "
        "autre version. Un e-mail parti l’est.",
        # A draft that somebody changes meanwhile is read again.
        weighs=_weighed,
        needs_second=lambda convention, said: _is_read_by_many(convention),
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
