"""The lines of an import in the database: written by the task that compares it, in the transaction that says
that it may be read.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from backoffice.models import Choice, Contacts, Import, ImportLine
from core.batches import in_batches
from core.bulk_copy import copy_in

from .lines import Line
from .plans import MarkedLines, Plan

AT_ONCE = 2_000
LONGEST_NAME = 300
# `said` comes as its text.
COLUMNS = (
    *("job", "number", "verdict", "name", "told", "is_to_check", "choice", "same_as", "contacts", "said"),
)
Row = tuple[Any, ...]


def replace(job: Import, plan: Plan[Any]) -> str:
    """In the caller's transaction. What an agent chose stays chosen of a line that still says the same.

    Return the fingerprint of the plan, of which each line is read once.
    """
    chosen = _chosen(job)
    job.lines.all().delete()
    lines = MarkedLines(plan)
    _insert(_row(job, line, said, chosen) for line, said in lines)
    if lines.count != plan.read:
        raise RuntimeError(f"{lines.count} lines are told of, {plan.read} were read")
    return lines.fingerprint()


def _insert(rows: Iterator[Row]) -> None:
    if connection.vendor == "postgresql":
        copy_in(ImportLine, COLUMNS, rows)
        return
    for batch in in_batches(rows, AT_ONCE):
        ImportLine.objects.bulk_create(
            ImportLine(job_id=job, said=json.loads(said), **dict(zip(COLUMNS[1:-1], others, strict=True)))
            for job, *others, said in batch
        )


def _chosen(job: Import) -> dict[int, ImportLine]:
    lines = job.lines.filter(is_to_check=True)
    chosen = lines.exclude(choice__in=[Choice.NONE, Choice.WAITING]) | lines.filter(contacts=Contacts.ASKED)
    return {line.number: line for line in chosen.iterator(chunk_size=AT_ONCE)}


def _row(job: Import, line: Line, said: str, chosen: dict[int, ImportLine]) -> Row:
    name, choice, contacts = line.name[:LONGEST_NAME], line.choice, line.contacts_state
    same_as = None
    former = chosen.get(line.number)
    if former and (former.name, former.told, former.said) == (name, line.told, json.loads(said)):
        choice, contacts = Choice(former.choice), Contacts(former.contacts)
        same_as = former.same_as
    first = (job.pk, line.number, line.verdict.value, name, line.told)
    return (*first, line.is_to_check, choice.value, same_as, contacts.value, said)
