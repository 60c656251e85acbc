"""An enrolment as an agent compares it with its papers, and with the children that are there already."""

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from accounts.models import Beneficiary, EndedGuardianship
from applications.models import Application, Newcomer
from backoffice.family.address import family_page
from backoffice.forms.like_children import like
from partners.models import Commune

from .about import About, Facts
from .people import guardians_of


def about(application: Application) -> About:
    sender = application.sent_by
    facts: Facts = []
    warnings: list[str] = []
    links = [("Le compte du parent", reverse("admin:accounts_user_change", args=[sender.pk]))]
    if newcomer := of(application):
        facts += _said(newcomer)
        if application.beneficiary and not application.decided_at:
            facts.append(("Réinscription", told(application.beneficiary)))
        for child in alike(newcomer) if not (application.decided_at or application.beneficiary_id) else []:
            facts.append(("Ressemble à", told(child)))
            links.append((f"La famille de {child}", family_page(child.pk)))
            if EndedGuardianship.objects.filter(user=sender, beneficiary=child).exists():
                warnings.append(
                    f"Un agent a retiré {sender} des responsables de {child}\N{NO-BREAK SPACE}: lisez le "
                    "journal."
                )
        if not newcomer.school and not newcomer.insee_code:
            warnings.append("Ni le collège ni la commune ne sont du département.")
    if application.beneficiary:
        links.append(("La famille", family_page(application.beneficiary.pk)))
    facts += [
        ("Parent", f"{sender}, {sender.email}{f', {sender.phone}' if sender.phone else ''}"),
        ("Année scolaire", application.campaign),
        ("Déposée", f"le {moment(application.sent_at)}"),
    ]
    return About(facts, warnings=warnings, links=links)


def of(application: Application) -> Newcomer | None:
    """Forgotten two months after the decision."""
    return getattr(application, "newcomer", None)


def alike(newcomer: Newcomer) -> Sequence[Beneficiary]:
    """Children that are somebody today, of nearly the same name and of the same year."""
    said = {name: getattr(newcomer, name) for name in ("first_name", "last_name", "birth_year", "school")}
    found = [child for child in like({"pupil_number": "", **said}) if not child.anonymised_at]
    return list({child.merged_into_id or child.pk: child.merged_into or child for child in found}.values())


def told(child: Beneficiary) -> str:
    guardians = guardians_of(child)
    left = "" if child.is_enrolled else ", non inscrit"
    return (
        f"{child}, né(e) en {child.birth_year}, {child.school}, {child.get_grade_display()}, numéro "
        f"{child.pupil_number}{left}\N{NO-BREAK SPACE}; responsables\N{NO-BREAK SPACE}: {guardians}"
    )


def moment(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y à %H:%M}"


def _said(newcomer: Newcomer) -> Facts:
    commune = Commune.objects.filter(pk=newcomer.insee_code).first()
    listed = "" if newcomer.school else " (pas dans la liste)"
    return [
        ("Enfant", f"{newcomer}, né(e) en {newcomer.birth_year}"),
        ("Collège", f"{newcomer.school_name}{listed}, {newcomer.get_grade_display()}"),
        ("Commune", str(commune) if commune else f"{newcomer.other_commune} (hors du département)"),
    ]
