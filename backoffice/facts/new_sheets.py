"""A change of sheet as an agent reads it: what the sheet says today, and what is asked for."""

from collections.abc import Iterator

from django.urls import reverse

from applications import conventions, sheet_changes
from applications.models import OPEN_STATES, Application, NewSheet, SheetColumn, Signature
from core.formats import jour
from core.money import NBSP
from partners.models import Partner

from .about import About, Facts
from .enrolments import moment
from .partners import namesake


def about(application: Application) -> About:
    partner, sender = application.partner, application.sent_by
    asked: NewSheet | None = getattr(application, "new_sheet", None)
    is_open = application.state in OPEN_STATES
    facts: Facts = [("Organisme", application.child_name)]
    warnings: list[str] = []
    if asked and partner:
        changes = sheet_changes.to_make(asked, partner) if is_open else sheet_changes.asked(asked)
        facts += [(change.what, f"{change.before} → {change.after}") for change in changes]
        warnings += _warnings(application, asked, partner) if is_open else ()
    facts += [
        ("Demandé par", f"{sender}, {sender.email}"),
        ("Déposée", f"le {moment(application.sent_at)}"),
    ]
    links = [("Le compte de qui demande", reverse("admin:accounts_user_change", args=[sender.pk]))]
    if partner:
        links.append(("La fiche de l’organisme", reverse("admin:partners_partner_change", args=[partner.pk])))
    return About(facts, warnings=warnings, links=links)


def _warnings(application: Application, asked: NewSheet, partner: Partner) -> Iterator[str]:
    sender = application.sent_by.merged_into or application.sent_by
    if not application.may_be_answered_by(sender):
        yield f"{sender} n’est plus responsable de cet organisme."
    if sheet_changes.has_moved(asked, partner):
        yield "Sa fiche a changé depuis cette demande."
    if double := _called_so(asked, partner):
        yield f"Un autre organisme s’y appelle déjà ainsi{NBSP}: {double} (fiche {double.pk})."
    for day, what in (
        (partner.ceased_on, "Le registre dit cet établissement fermé"),
        (partner.suspended_on, "Ses utilisations sont suspendues"),
        (partner.payments_suspended_on, "Ses paiements sont suspendus"),
    ):
        if asked.renews and day:
            yield f"{what} depuis le {jour(day)}."
    if asked.renews and _is_to_sign(partner):
        yield "Il n’a pas signé la convention en vigueur."
    if asked.other_activities:
        yield f"À ajouter ensuite à sa fiche, hors de la liste{NBSP}: {asked.other_activities}."


def _called_so(asked: NewSheet, partner: Partner) -> Partner | None:
    """Imports know an organisme by its name and its commune."""
    after = {it.column: it.after for it in asked.edits.all()}
    if not {SheetColumn.NAME, SheetColumn.COMMUNE} & after.keys():
        return None
    there = Partner.objects.standing().filter(commune=after.get(SheetColumn.COMMUNE, partner.commune_id))
    return namesake(after.get(SheetColumn.NAME, partner.name), there.exclude(pk=partner.pk))


def _is_to_sign(partner: Partner) -> bool:
    convention = conventions.in_force()
    return bool(convention and Signature.objects.of_partner(partner).to(convention) is None)
