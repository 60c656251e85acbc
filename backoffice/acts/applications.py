"""The acts on an application of a family. The rules are those of `applications.deciding`."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from applications import accepting, deciding
from applications.models import Application, ApplicationState
from backoffice.facts import applications as about
from core.money import NBSP, euros

from .act import Act
from .application_forms import AskForm, RefuseForm
from .enrolment_form import EnrolForm, child_id, columns
from .forms import PlainForm


def _accept(application: Application, agent: User, said: dict[str, Any]) -> str:
    entries = deciding.accept(application_id=application.pk, actor=agent)
    return " + ".join(euros(entry.amount) for entry in entries) or "déjà accordé, rien de plus"


def _enrol(application: Application, agent: User, said: dict[str, Any]) -> str:
    child, entries = accepting.accept_enrolment(
        application_id=application.pk, actor=agent, child_id=child_id(said), fields=columns(said)
    )
    given = " + ".join(euros(entry.amount) for entry in entries) or "porte-monnaie déjà ouverts"
    return f"{child} ({child.pupil_number}), {given}"


def _ask(application: Application, agent: User, said: dict[str, Any]) -> str:
    deciding.ask(application_id=application.pk, reason=said["reason"], actor=agent)
    return ""


def _refuse(application: Application, agent: User, said: dict[str, Any]) -> str:
    deciding.refuse(application_id=application.pk, reason=said["reason"], actor=agent)
    return ""


def _reopen(application: Application, agent: User, said: dict[str, Any]) -> str:
    entries = deciding.reopen(application_id=application.pk, actor=agent)
    return " ".join(euros(entry.amount) for entry in entries)


def _waits(application: Application) -> bool:
    return application.state == ApplicationState.SENT


RIGHT = "applications.decide_application"
SHOWN: dict[str, Any] = {"names": about.name, "about": about.about}

ACTS = [
    Act(
        "accepter",
        "Accorder",
        Action.APPLICATION_ACCEPTED,
        RIGHT,
        "Les deux porte-monnaie de l’enfant sont crédités du supplément, une fois par campagne. La famille "
        "en est prévenue.",
        _accept,
        PlainForm,
        applies=lambda application: _waits(application) and not application.is_enrolment,
        undo="Rouvrez la demande, tant que le supplément n’est pas dépensé.",
        **SHOWN,
    ),
    Act(
        "inscrire",
        "Inscrire",
        Action.APPLICATION_ACCEPTED,
        RIGHT,
        "L’enfant a sa fiche et ses porte-monnaie, et ce parent agit pour lui. La famille en est prévenue, "
        "et les autres responsables de l’enfant s’il en a.",
        _enrol,
        EnrolForm,
        applies=lambda application: _waits(application) and application.is_enrolment,
        undo=f"Sur la fiche de l’enfant, retirez ce responsable{NBSP}; s’il est nouveau, désinscrivez-le.",
        **SHOWN,
    ),
    Act(
        "demander-un-papier",
        "Demander un autre papier",
        Action.APPLICATION_ASKED,
        RIGHT,
        f"La famille lit pourquoi, et n’envoie que ce qui manque{NBSP}: la demande revient ensuite dans la "
        "file.",
        _ask,
        AskForm,
        applies=_waits,
        undo="Rouvrez la demande.",
        **SHOWN,
    ),
    Act(
        "refuser",
        "Refuser",
        Action.APPLICATION_REFUSED,
        RIGHT,
        "La famille lit pourquoi, et comment contester. Elle peut faire une autre demande.",
        _refuse,
        RefuseForm,
        applies=_waits,
        undo="Rouvrez la demande.",
        **SHOWN,
    ),
    Act(
        "rouvrir",
        "Rouvrir",
        Action.APPLICATION_REOPENED,
        RIGHT,
        f"Elle attend de nouveau un agent. Si elle était accordée, le supplément est repris{NBSP}: il doit "
        "être encore dans les porte-monnaie. La famille en est prévenue.",
        _reopen,
        applies=deciding.may_be_reopened,
        undo="Décidez de nouveau.",
        **SHOWN,
    ),
]
