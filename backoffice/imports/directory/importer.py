"""Organismes with their activities, from a spreadsheet: a plan is shown, then done in one transaction.

The columns are those of the export. An organisme is known by its SIRET, else its RNA number, else its name
and its commune; nothing is ever removed, and the same file twice changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from backoffice.imports.plans import NOTHING_CHOSEN, TOLD_EVERY, Chosen, Plan, Progress, compare
from core.spreadsheet_files.reading import ReadContent
from core.spreadsheet_files.shapes import Mapped
from partners.models import Activity, Offer, Partner
from partners.services import directory_changed, keep_former_names

from .change import WRITTEN, Change, change_of, updated
from .known import Known
from .likeness import nearest_activity
from .recognition import Seen
from .values import OF_KIND

COLUMNS = (
    *("Nom", "SIRET", "RNA", "Adresse", "Code postal", "Commune", "Code INSEE"),
    *("Téléphone", "E-mail", "Site", "Handicap"),
    *(*OF_KIND.values(), "Affilié depuis le", "Affilié jusqu’au"),
)
REQUIRED = ("Nom", "Commune")

# What lists of organismes call them.
OTHERS = {
    "Nom": ("Nom de l’organisme", "Organisme", "Dénomination", "Raison sociale", "Association", "Structure"),
    "SIRET": ("N° SIRET", "Numéro SIRET", "SIRET du siège"),
    "RNA": ("N° RNA", "Numéro RNA", "Identifiant RNA", "WALDEC", "Numéro WALDEC", "N° WALDEC"),
    "Adresse": ("Rue", "Adresse postale"),
    "Code postal": ("CP",),
    "Commune": ("Ville",),
    "Téléphone": ("Tél", "Numéro de téléphone", "Portable"),
    "E-mail": ("Mail", "Courriel", "Adresse e-mail", "Adresse mail"),
    "Site": ("Site internet", "Site web"),
    "Activités Sport": ("Sport", "Sports", "Activités sportives"),
    "Activités Culture": ("Culture", "Activités culturelles"),
}

NEW_ACTIVITIES = "Activités nouvelles"


class DirectoryImporter:
    """The importer. Nothing is written before it locks the directory: a second import waits."""

    columns = COLUMNS
    required = REQUIRED
    others = OTHERS
    cells_are = "Plusieurs activités s’écrivent Judo | Karaté, une date 01/09/2026. Handicap dit oui ou non."

    def __init__(self, *, kept: Mapping[str, Mapped] | None = None) -> None:
        self.kept = kept or {}

    def plan(self, read_content: ReadContent, progress: Progress) -> Plan[Change]:
        """Compare the file with the directory, and write nothing. Raises NotReadable."""
        known, seen = Known(), Seen()
        plan = compare(self, read_content, lambda: lambda row: change_of(row, known, seen), progress)
        _offer_no_update_of(seen.partners, plan)
        plan.notes.extend(known.notes)
        self._known, self._new_activities = known, _new_activities(plan, known)
        if self._new_activities:
            plan.new_names[NEW_ACTIVITIES] = [
                _beside_its_nearest(name, known.activities) for name in self._new_activities
            ]
        return plan

    def apply(
        self,
        read_content: ReadContent,
        progress: Progress,
        *,
        as_read: str = "",
        chosen: Chosen = NOTHING_CHOSEN,
    ) -> Plan[Change]:
        """Do what the plan says of the directory as it is by now. Raises NotReadable, PlanChanged."""
        # It writes the one row that every change of the directory writes: whoever comes next waits for it.
        directory_changed()
        plan = self.plan(read_content, progress)
        plan.refuse_unless(as_read)
        if chosen.left or chosen.same:
            plan.leave(chosen.left)
            _update(plan, chosen.same, self._known)
            self._new_activities = _new_activities(plan, self._known)
        made = plan.written.made
        made(Activity.objects.bulk_create(Activity(name=name) for name in self._new_activities))
        activities = {activity.name: activity for activity in Activity.objects.all()}
        for start in range(0, len(plan.changes), TOLD_EVERY):
            changes = plan.changes[start : start + TOLD_EVERY]
            new = [change for change in changes if change.is_new]
            known = [change.partner for change in changes if not change.is_new]
            keep_former_names(it.partner.pk for it in changes if {"name", "commune"} & it.differing.keys())
            for change in changes:
                if not change.is_new:
                    plan.written.changed(Partner, change.partner.pk, change.differing, change.row)
            rows, lines = [change.partner for change in new], [change.row for change in new]
            made(Partner.objects.bulk_create(rows), lines)
            Partner.objects.bulk_create(
                known, update_conflicts=True, unique_fields=["pk"], update_fields=WRITTEN
            )
            if len(changes) == TOLD_EVERY:
                progress(start + len(changes), len(plan.changes))
        made(
            Offer.objects.bulk_create(
                Offer(partner=change.partner, activity=activities[name], kind=kind)
                for change in plan.changes
                for name, kind in change.offers
            ),
            [change.row for change in plan.changes for _ in change.offers],
        )
        return plan


def _offer_no_update_of(partners: Collection[int], plan: Plan[Change]) -> None:
    """Those whom other lines are of."""
    for change in plan.created:
        if any(it.pk in partners for it in change.alike):
            change.alike = [replace(it, edits=None) if it.pk in partners else it for it in change.alike]


def _update(plan: Plan[Change], same: Mapping[int, int], known: Known) -> None:
    """Of these lines, whom an agent said that they are instead of a new one."""
    asked = [change for change in plan.created if change.row in same]
    plan.created = [change for change in plan.created if change.row not in same]
    plan.changed.extend(updated(change, same[change.row], known) for change in asked)


def _new_activities(plan: Plan[Change], known: Known) -> list[str]:
    named = {activity for change in plan.changes for activity, _ in change.offers}
    return sorted(named.difference(known.activities))


def _beside_its_nearest(name: str, known: Sequence[str]) -> str:
    near = nearest_activity(name, known)
    return f"{name} (est-ce {near}\N{NO-BREAK SPACE}?)" if near else name
