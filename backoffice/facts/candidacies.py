"""A candidacy as an agent compares it with its papers, and with the organismes that are there already."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from rapidfuzz import fuzz

from applications import countersigning
from applications.exceptions import NotSigned
from applications.models import OPEN_STATES, Application, Candidacy, Signature
from core.money import NBSP
from core.spelling import simplified
from partners.models import Partner
from partners.official_numbers import in_groups

from .about import About, Facts
from .enrolments import moment

SIREN_LENGTH = 9
# « Judo Club Antony » and « Antony Judo-Club » 100, « École de danse » and « École de musique » 68.
ALIKE = 80
MOST_ALIKE = 5


def about(application: Application) -> About:
    sender = application.sent_by
    facts: Facts = []
    warnings: list[str] = []
    links = [("Le compte de qui demande", reverse("admin:accounts_user_change", args=[sender.pk]))]
    if candidacy := of(application):
        facts += _said(candidacy)
        for partner in alike(candidacy) if not application.decided_at else []:
            facts.append(("Ressemble à", told(partner)))
            links.append((f"La fiche de {partner}", _page(partner)))
        facts += _convention(application)
        if not application.decided_at and not countersigning.may_be_accepted(application.pk):
            warnings.append(NotSigned.sentence)
        others = Application.objects.filter(candidacy__siret=candidacy.siret, state__in=OPEN_STATES)
        warnings += [f"{other} a le même SIRET." for other in others.exclude(pk=application.pk)]
        if candidacy.other_activities:
            warnings.append(
                f"Une activité n’est pas dans la liste{NBSP}: {candidacy.other_activities}. Ajoutez-la à sa "
                "fiche une fois affilié."
            )
    if application.partner:
        links.append(("La fiche de l’organisme", _page(application.partner)))
    role = f", {candidacy.capacity}" if candidacy else ""
    facts += [
        ("Demandée par", f"{sender}{role}, {sender.email}"),
        ("Déposée", f"le {moment(application.sent_at)}"),
    ]
    return About(facts, warnings=warnings, links=links)


def of(application: Application) -> Candidacy | None:
    """Forgotten two months after the decision."""
    return getattr(application, "candidacy", None)


def alike(candidacy: Candidacy) -> Sequence[Partner]:
    """Those that stand and have one of its numbers, or nearly its name in its town."""
    numbered = Q(siret__startswith=candidacy.siret[:SIREN_LENGTH])
    if candidacy.rna:
        numbered |= Q(rna=candidacy.rna)
    standing = Partner.objects.standing().select_related("commune")
    found = list(standing.filter(numbered).order_by("pk")[:MOST_ALIKE])
    name = simplified(candidacy.name)
    there = standing.filter(commune=candidacy.commune_id).order_by("pk")
    return (
        found
        + [
            it
            for it in there
            if it not in found and fuzz.token_sort_ratio(simplified(it.name), name) >= ALIKE
        ][: MOST_ALIKE - len(found)]
    )


def told(partner: Partner) -> str:
    numbers = f", SIRET {in_groups(partner.siret)}" if partner.siret else ""
    members = "des membres" if partner.memberships.open().exists() else "aucun membre"
    today = timezone.localdate()
    affiliated = "affilié" if partner.is_affiliated_on(today) else "affiliation finie"
    return f"{partner}, {partner.commune}{numbers}, {affiliated}, {members}"


def _said(candidacy: Candidacy) -> Facts:
    contacts = filter(None, (candidacy.phone, candidacy.email, candidacy.website))
    return [
        ("Organisme", f"{candidacy.name}, {candidacy.get_legal_form_display()}"),
        ("SIRET", in_groups(candidacy.siret)),
        ("RNA", candidacy.rna or "–"),
        ("Adresse", f"{candidacy.address}, {candidacy.postcode} {candidacy.commune}"),
        ("Contacts", ", ".join(contacts) or "–"),
    ]


def _convention(application: Application) -> Facts:
    signed = Signature.objects.filter(application=application).select_related("convention").order_by("pk")
    return [(it.convention.title, f"signée par {it}, le {moment(it.signed_at)}") for it in signed]


def _page(partner: Partner) -> str:
    return reverse("admin:partners_partner_change", args=[partner.pk])
