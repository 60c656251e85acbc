"""The school roster: children, their collège and class, their guardians, and the accounts they need.

A child is known by its pupil number, and by nothing else: homonyms and twins are two. Nothing is ever
removed; only where the agent says that the file is the whole list, who is not in it is no longer enrolled.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from accounts.models import Beneficiary, School
from backoffice.imports.plans import Plan, Progress, compare
from backoffice.imports.spreadsheets.shapes import Mapped
from core.formats import counted_in_french
from partners.communes import Communes

from . import guardians, pupils, titles
from .change import OWN_ACCOUNT, Change
from .comparison import Comparison
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

    def plan(self, content: bytes, progress: Progress) -> Plan[Change]:
        """Compare the file with who is there, and write nothing. Raises NotReadable."""
        self._comparison = comparison = Comparison(self._communes, complete=self._complete)
        plan = compare(self, content, comparison.change, progress)
        plan.notes = comparison.notes
        plan.links = [link for change in plan.changes for link in change.links]
        plan.likenesses = [
            (change.row, change.name, alike) for change in plan.changes for alike in change.alike
        ]
        if new := comparison.schools_for(plan.changes):
            plan.new_names["Collèges nouveaux"] = [f"{school} ({school.uai})" for school in new]
        by_line = [known for change in plan.changed if (known := change.struck_off)]
        if self._complete or by_line:
            leaving = comparison.leaving(by_line)
            plan.notes.extend(leaving.notes())
            plan.leaving = leaving.report()
            if plan.leaving["count"]:
                plan.besides = counted_in_french(plan.leaving["count"], "désinscrit")
        return plan

    def apply(self, content: bytes, progress: Progress, *, as_read: str = "") -> Plan[Change]:
        """Do what the plan says of who is there by now, in the caller's transaction.

        Raises NotReadable, PlanChanged.
        """
        plan = self.plan(content, progress)
        plan.refuse_unless(as_read)
        School.objects.bulk_create(self._comparison.schools_for(plan.changes))
        writer, written = Writer(), 0
        for changes in _batches(plan.changes):
            writer.write(changes)
            written += len(changes)
            progress(written, len(plan.changes))
        for leaving in _batches(plan.leaving.get("ids", [])):
            Beneficiary.objects.filter(pk__in=leaving).update(is_enrolled=False)
        return plan


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, WRITTEN_AT_ONCE)):
        yield batch
