"""An application as an agent compares it with its papers."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Beneficiary
from applications.models import Application, ApplicationKind, ApplicationState
from backoffice.family.address import family_page
from core.money import euros
from wallets.models import SUPPLEMENT, Campaign, Wallet
from wallets.reading import breakdowns

from . import candidacies, enrolments, new_schools, new_sheets, other_guardians, people
from .about import About, Facts


def name(application: Application) -> str:
    return f"{application}, {application.child_name}"


def about(application: Application) -> About:
    if application.is_affiliation:
        return candidacies.about(application)
    if application.is_of_a_sheet:
        return new_sheets.about(application)
    child, campaign = application.beneficiary, application.campaign
    if application.is_enrolment or not child or not campaign:
        return enrolments.about(application)
    if application.kind == ApplicationKind.SCHOOL:
        return new_schools.about(application, child)
    if application.kind == ApplicationKind.GUARDIAN:
        return other_guardians.about(application, child)
    return _of_scholarship(application, child, campaign)


def _of_scholarship(application: Application, child: Beneficiary, campaign: Campaign) -> About:
    wallets = breakdowns(Wallet.objects.filter(beneficiary=child, campaign=campaign).in_order())
    facts: Facts = [
        ("Enfant", f"{child}, né(e) en {child.birth_year}"),
        ("Collège", f"{child.school}, {child.get_grade_display()}"),
        ("Numéro d’élève", child.pupil_number),
        ("Responsables", people.guardians_of(child)),
        ("Année scolaire", campaign),
        ("Déposée", f"par {application.sent_by}, le {enrolments.moment(application.sent_at)}"),
        ("Supplément", f"{euros(campaign.supplement)} par porte-monnaie"),
    ]
    has_it = any(one.standing(SUPPLEMENT) for one in wallets)
    given = application.state != ApplicationState.ACCEPTED and has_it
    warnings = ["Ce supplément est déjà accordé, rien de plus ne serait crédité."] if given else []
    if not wallets:
        warnings.append("Cet enfant n’a pas de porte-monnaie dans cette campagne.")
    return About(facts, warnings=warnings, links=[("La famille", family_page(child.pk))])


def before(application: Application) -> Iterable[Application]:
    """What was decided last time of this child, or organisme; else what the same account asked before. The
    newest first.
    """
    if application.is_enrolment or application.is_affiliation:
        same = Q(sent_by=application.sent_by_id)
    elif application.is_of_a_sheet:
        same = Q(partner=application.partner_id)
    else:
        same = Q(beneficiary=application.beneficiary_id)
    theirs = Application.objects.filter(same, kind=application.kind)
    return theirs.exclude(pk=application.pk).select_related("campaign", "decided_by").order_by("-number")[:5]
