"""An application as an agent compares it with its papers."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from applications.models import Application, ApplicationState
from core.money import euros
from wallets.models import SUPPLEMENT, Wallet
from wallets.reading import breakdowns

from .about import About, Facts


def name(application: Application) -> str:
    return f"{application}, {application.beneficiary}"


def about(application: Application) -> About:
    child = application.beneficiary
    wallets = breakdowns(Wallet.objects.filter(beneficiary=child, campaign=application.campaign).in_order())
    facts: Facts = [
        ("Enfant", f"{child}, né(e) en {child.birth_year}"),
        ("Collège", f"{child.school}, {child.get_grade_display()}"),
        ("Numéro d’élève", child.pupil_number),
        ("Responsables", ", ".join(map(str, child.guardians.order_by("last_name", "first_name")))),
        ("Année scolaire", application.campaign),
        ("Déposée", f"par {application.sent_by}, le {_moment(application.sent_at)}"),
        ("Supplément", f"{euros(application.campaign.supplement)} par porte-monnaie"),
    ]
    has_it = any(one.standing(SUPPLEMENT) for one in wallets)
    given = application.state != ApplicationState.ACCEPTED and has_it
    warnings = ["Ce supplément est déjà accordé, rien de plus ne serait crédité."] if given else []
    if not wallets:
        warnings.append("Cet enfant n’a pas de porte-monnaie dans cette campagne.")
    return About(facts, warnings=warnings, links=_links(application))


def before(application: Application) -> Iterable[Application]:
    """What was decided last time of this child, the newest first."""
    theirs = Application.objects.filter(beneficiary=application.beneficiary_id, kind=application.kind)
    return theirs.exclude(pk=application.pk).select_related("campaign", "decided_by").order_by("-number")[:5]


def _links(application: Application) -> list[tuple[str, str]]:
    family = reverse("admin:accounts_beneficiary_famille", args=[application.beneficiary_id])
    return [("La famille", family)]


def _moment(at: object) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y à %H:%M}"  # type: ignore[arg-type]
