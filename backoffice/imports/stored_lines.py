"""The lines of an import in the database: written by the task that compares it, in the transaction that says
that it may be read.
"""

from itertools import islice
from typing import Any

from backoffice.models import Choice, Contacts, Import, ImportLine

from .lines import Line
from .plans import Plan

AT_ONCE = 2_000
LONGEST_NAME = 300


def replace(job: Import, plan: Plan[Any]) -> None:
    """In the caller's transaction. What an agent chose stays chosen of a line that still says the same."""
    chosen = _chosen(job)
    job.lines.all().delete()
    lines, written = plan.lines(), 0
    while batch := [_row(job, line, chosen) for line in islice(lines, AT_ONCE)]:
        ImportLine.objects.bulk_create(batch)
        written += len(batch)
    if written != plan.read:
        raise RuntimeError(f"{written} lines are told of, {plan.read} were read")


def _chosen(job: Import) -> dict[int, ImportLine]:
    waiting = ["", Choice.WAITING]
    lines = job.lines.filter(is_to_check=True)
    chosen = lines.exclude(choice__in=waiting) | lines.filter(contacts=Contacts.ASKED)
    return {line.number: line for line in chosen.iterator(chunk_size=AT_ONCE)}


def _row(job: Import, line: Line, chosen: dict[int, ImportLine]) -> ImportLine:
    row = ImportLine(
        job=job,
        number=line.number,
        verdict=line.verdict,
        name=line.name[:LONGEST_NAME],
        told=line.told,
        said=line.said(),
        is_to_check=line.is_to_check,
        choice=line.choice,
        contacts=line.contacts_state,
    )
    former = chosen.get(line.number)
    if former and (former.name, former.told, former.said) == (row.name, row.told, row.said):
        row.choice, row.contacts = former.choice, former.contacts
    return row
