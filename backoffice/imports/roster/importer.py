"""The school roster: children, their collège and class, their guardians, and the accounts they need.

A child is known by its pupil number, and by nothing else: homonyms and twins are two. Nothing is ever
removed; only where the agent says that the file is the whole list, who is not in it is no longer enrolled.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from accounts.models import Beneficiary, School
from backoffice.imports.plans import NOTHING_CHOSEN, Chosen, Plan, Progress, compare, titles_of
from core import collecting
from core.batches import in_batches
from core.formats import counted_in_french
from core.spreadsheet_files.reading import ReadContent, begun
from core.spreadsheet_files.rows import Row
from core.spreadsheet_files.shapes import Mapped
from partners.communes import Communes

from . import guardians, pupils, shared_numbers, titles
from .change import OWN_ACCOUNT, Change
from .comparison import Comparison
from .leaving import Leaving
from .writer import Writer

WRITTEN_AT_ONCE = 2_000

Item = TypeVar("Item")


class Roster:
    """The importer."""

    columns = (*pupils.COLUMNS, OWN_ACCOUNT, *guardians.COLUMNS)
    required = ("Numéro d’élève", "Nom", "Prénom", "Naissance", "Niveau", "UAI", "Commune")
    others = titles.titles()
    cells_are = (
        "Une naissance s’écrit 2014 ou 31/12/2014, un niveau 6e, un UAI 0920001X. Inscrit, Compte de l’élève "
        "disent oui ou non. Un responsable a un identifiant, ou un nom, un prénom et de quoi le joindre."
    )

    def __init__(
        self, communes: Communes, *, complete: bool, kept: Mapping[str, Mapped] | None = None
    ) -> None:
        self._communes = communes
        self._complete = complete
        self.kept = kept or {}

    def plan(self, read_content: ReadContent, progress: Progress) -> Plan[Change]:
        """Compare the file with who is there, and write nothing. Raises NotReadable."""
        with collecting.only_new_ones():
            plan = compare(self, read_content, self._prepare, progress)
            comparison = self._comparison
            if comparison.again:
                with begun(read_content) as read:
                    shared_numbers.refuse_all(plan, comparison.again, read(titles_of(self)))
        plan.notes.extend(comparison.every_note())
        plan.links = [link for change in plan.changes for link in change.links]
        if new := comparison.schools_for(plan.changes):
            plan.new_names["Collèges nouveaux"] = [f"{school} ({school.uai})" for school in new]
        leaving = self._leaving(plan)
        if leaving:
            plan.notes.extend(leaving.notes())
            plan.leaving["kept_if_left"] = _kept_if_left(plan)
        return plan

    def _prepare(self) -> Callable[[Row], Change]:
        self._comparison = Comparison(self._communes, complete=self._complete)
        return self._comparison.change

    def _leaving(self, plan: Plan[Change]) -> Leaving | None:
        """Put into the plan who is no longer enrolled."""
        by_line = [known for change in plan.changed if (known := change.struck_off)]
        plan.leaving, plan.besides = {}, ""
        if not (self._complete or by_line):
            return None
        leaving = self._comparison.leaving(by_line, _same_children(plan.left))
        plan.leaving = leaving.report()
        if plan.leaving["count"]:
            plan.besides = counted_in_french(plan.leaving["count"], "désinscrit")
        return leaving

    def apply(
        self,
        read_content: ReadContent,
        progress: Progress,
        *,
        as_read: str = "",
        chosen: Chosen = NOTHING_CHOSEN,
    ) -> Plan[Change]:
        """Do what the plan says of who is there by now, in the caller's transaction.

        Raises NotReadable, PlanChanged.
        """
        plan = self.plan(read_content, progress)
        plan.refuse_unless(as_read)
        if chosen.left:
            plan.leave(chosen.left)
            self._leaving(plan)
        schools = self._comparison.schools_for(plan.changes)
        # The changes know who is there as far as they need it; the rest makes room for what is written.
        del self._comparison
        plan.written.made(School.objects.bulk_create(schools))
        writer, written = Writer(plan.written), 0
        for changes in in_batches(plan.changes, WRITTEN_AT_ONCE):
            writer.write(changes)
            written += len(changes)
            progress(written, len(plan.changes))
        for leaving in in_batches(plan.leaving.get("ids", []), WRITTEN_AT_ONCE):
            Beneficiary.objects.filter(pk__in=leaving).update(is_enrolled=False)
        return plan


def _same_children(changes: Iterable[Change]) -> set[int]:
    """Who is there, where an agent says that these lines are of them."""
    return {alike.pk for change in changes for alike in change.alike if alike.of == "child" and alike.pk}


def _kept_if_left(plan: Plan[Change]) -> dict[int, list[int]]:
    """By line: who stays enrolled if an agent says that it is of somebody who is there already."""
    leaving = {*plan.leaving["ids"]}
    kept: dict[int, list[int]] = {}
    for change in plan.changes:
        struck_off = {change.struck_off.pk} if change.struck_off else set()
        if change.alike and (stay := (_same_children([change]) | struck_off) & leaving):
            kept[change.row] = sorted(stay)
    return kept
