"""A change of school as an agent compares it with its papers: beside where the child is today."""

from django.utils import timezone

from accounts.models import Beneficiary
from applications.changing_school import place_of
from applications.models import Application, NewSchool
from backoffice.family.address import family_page

from . import enrolments, people
from .about import About, Facts


def about(application: Application, child: Beneficiary) -> About:
    facts: Facts = [
        ("Enfant", f"{child}, né(e) en {child.birth_year}"),
        ("Collège aujourd’hui", place_of(child)),
    ]
    asked: NewSchool | None = getattr(application, "new_school", None)
    warnings: list[str] = []
    if asked:
        listed = "" if asked.school_id else " (pas dans la liste)"
        facts += [
            ("Collège demandé", f"{asked}{listed}"),
            ("Depuis le", f"{asked.since:%d/%m/%Y}"),
        ]
        if asked.since > timezone.localdate() and not application.decided_at:
            warnings.append("Ce jour est à venir, et accepter vaut dès aujourd’hui.")
    facts += [
        ("Numéro d’élève", child.pupil_number),
        ("Responsables", people.guardians_of(child)),
        ("Déposée", f"par {application.sent_by}, le {enrolments.moment(application.sent_at)}"),
    ]
    return About(facts, warnings=warnings, links=[("La famille", family_page(child.pk))])
