"""The acts on an application, of a family or an organisme. The rules are those of `applications.deciding`."""

from collections.abc import Callable
from typing import Any

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from applications import accepting, affiliating, changing_school, changing_sheet, deciding, inviting
from applications.models import Application, ApplicationKind, ApplicationState
from applications.models.other_guardian import VALID_FOR
from backoffice.facts import applications as about
from core.formats import counted_in_french
from core.money import NBSP, euros

from .act import Act
from .affiliation_form import AffiliateForm, offer_ids, partner_id
from .application_forms import AskForm, RefuseForm
from .enrolment_form import EnrolForm, child_id, columns
from .forms import PlainForm
from .school_form import ChangeSchoolForm
from .sheet_form import ChangeSheetForm


def _accept(application: Application, agent: User, said: dict[str, Any]) -> str:
    entries = deciding.accept(application_id=application.pk, actor=agent)
    return " + ".join(euros(entry.amount) for entry in entries) or "déjà accordé, rien de plus"


def _enrol(application: Application, agent: User, said: dict[str, Any]) -> str:
    child, entries = accepting.accept_enrolment(
        application_id=application.pk, actor=agent, child_id=child_id(said), fields=columns(said)
    )
    given = " + ".join(euros(entry.amount) for entry in entries) or "porte-monnaie déjà ouverts"
    return f"{child} ({child.pupil_number}), {given}"


def _change_school(application: Application, agent: User, said: dict[str, Any]) -> str:
    school = said.get("school")
    before, after = changing_school.accept_school(
        application_id=application.pk, actor=agent, school_id=school.pk if school else None
    )
    return f"{before} → {after}"


def _invite(application: Application, agent: User, said: dict[str, Any]) -> str:
    other = inviting.accept_guardian(application_id=application.pk, actor=agent)
    return f"{other}, {other.email}"


def _affiliate(application: Application, agent: User, said: dict[str, Any]) -> str:
    partner = affiliating.accept_affiliation(
        application_id=application.pk, actor=agent, partner_id=partner_id(said), offer_ids=offer_ids(said)
    )
    return f"{partner} ({partner.pk})"


def _change_sheet(application: Application, agent: User, said: dict[str, Any]) -> str:
    partner, changes = changing_sheet.accept_sheet(
        application_id=application.pk, actor=agent, affiliated_until=said.get("affiliated_until")
    )
    # Where whoever takes it back looks for it, and the request is forgotten one day.
    audit.record(
        action=Action.APPLICATION_ACCEPTED,
        subject=partner,
        reason="",
        actor=agent,
        details=str(application),
        changes=changes,
    )
    return f"{partner}, {counted_in_french(len(changes), 'changement')}"


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


def _waits_with_papers(application: Application) -> bool:
    return _waits(application) and application.takes_papers


def _waits_as(kind: ApplicationKind) -> Callable[[Application], bool]:
    return lambda application: _waits(application) and application.kind == kind


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
        applies=_waits_as(ApplicationKind.SCHOLARSHIP),
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
        applies=_waits_as(ApplicationKind.ENROLMENT),
        undo=f"Sur la fiche de l’enfant, retirez ce responsable{NBSP}; s’il est nouveau, désinscrivez-le.",
        **SHOWN,
    ),
    Act(
        "changer-de-college",
        "Changer de collège",
        Action.APPLICATION_ACCEPTED,
        RIGHT,
        "L’enfant est inscrit dans ce collège et cette classe. Ses porte-monnaie et ses tickets restent les "
        "mêmes. La famille en est prévenue.",
        _change_school,
        ChangeSchoolForm,
        applies=_waits_as(ApplicationKind.SCHOOL),
        undo=f"Sur la fiche de l’enfant, remettez le collège et la classe d’avant{NBSP}: le journal les dit.",
        **SHOWN,
    ),
    Act(
        "inviter",
        "Inviter ce responsable",
        Action.APPLICATION_ACCEPTED,
        RIGHT,
        f"Un lien part à cette adresse, bon {VALID_FOR.days}{NBSP}jours{NBSP}: qui l’ouvre agit pour "
        "l’enfant, avec son compte ou un nouveau. Qui a demandé en est prévenu, puis tous les responsables.",
        _invite,
        PlainForm,
        applies=_waits_as(ApplicationKind.GUARDIAN),
        undo=f"Rouvrez la demande, tant que le lien n’a pas servi{NBSP}; ensuite, retirez ce responsable sur "
        "la fiche de l’enfant.",
        **SHOWN,
    ),
    Act(
        "affilier",
        "Affilier",
        Action.APPLICATION_ACCEPTED,
        RIGHT,
        "L’organisme a sa fiche et ses offres, et les familles le trouvent dès aujourd’hui. Qui l’a demandé "
        "en est le responsable, et en est prévenu.",
        _affiliate,
        AffiliateForm,
        applies=_waits_as(ApplicationKind.AFFILIATION),
        undo="Sur la fiche de l’organisme, finissez son affiliation et fermez l’accès de ce membre.",
        **SHOWN,
    ),
    Act(
        "changer-la-fiche",
        "Changer la fiche",
        Action.APPLICATION_ACCEPTED,
        RIGHT,
        "La fiche de l’organisme dit ce qui est demandé, et les familles la lisent ainsi aussitôt. D’une "
        "autre adresse, la position sur la carte est cherchée de nouveau. Qui l’a demandé en est prévenu.",
        _change_sheet,
        ChangeSheetForm,
        applies=_waits_as(ApplicationKind.SHEET),
        undo=f"Sur la fiche de l’organisme, remettez ce qui y était{NBSP}: son historique le dit.",
        **SHOWN,
    ),
    Act(
        "demander-un-papier",
        "Demander un autre papier",
        Action.APPLICATION_ASKED,
        RIGHT,
        f"Qui l’a faite lit pourquoi, n’envoie que ce qui manque{NBSP}: elle revient ensuite dans la file.",
        _ask,
        AskForm,
        applies=_waits_with_papers,
        undo="Rouvrez la demande.",
        **SHOWN,
    ),
    Act(
        "refuser",
        "Refuser",
        Action.APPLICATION_REFUSED,
        RIGHT,
        "Qui l’a faite lit pourquoi, et comment contester, et peut faire une autre demande.",
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
        f"Elle attend de nouveau un agent. Un supplément accordé est repris{NBSP}: il doit être encore dans "
        "les porte-monnaie. Le lien d’une invitation ne sert plus. Qui l’a faite en est prévenu.",
        _reopen,
        applies=deciding.may_be_reopened,
        undo="Décidez de nouveau.",
        **SHOWN,
    ),
]
