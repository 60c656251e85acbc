"""Several children of a file under one number: no line of theirs is done, and they are shown side by side."""

from collections.abc import Iterable, Mapping

from accounts.identity import folded
from backoffice.imports.lines import Alike
from backoffice.imports.plans import AS_IN_THE_FILE, Plan
from core.spreadsheet_files.rows import Row

from .change import Change

NBSP = "\N{NO-BREAK SPACE}"


def refuse_all(plan: Plan[Change], again: Mapping[int, list[int]], rows: Iterable[Row]) -> None:
    """`again` has the lines that repeat the number of a first one. `rows` are those of the file, read once
    more: of a line that was not refused only what it does was kept.
    """
    refused = {row.number: row for row in plan.refused_rows}
    found: list[list[Row]] = []
    for first in rows:
        if (numbers := again.get(first.number)) is None:
            continue
        group = [first, *(refused[number] for number in numbers)]
        if any(not _same_child(first, other) for other in group[1:]):
            found.append(group)
    if found:
        _refuse(plan, found)


def _same_child(here: Row, there: Row) -> bool:
    """Swapped names, « Jean » and « Jean Paul », one that is missing. « Léa » and « Léo » are two."""
    ours, theirs = _names(here), _names(there)
    first, other = {*ours[0].split()}, {*theirs[0].split()}
    return first <= other or other <= first or {*" ".join(ours).split()} == {*" ".join(theirs).split()}


def _names(row: Row) -> tuple[str, str]:
    return folded(row.cells["Prénom"], row.cells["Nom"])


def _refuse(plan: Plan[Change], groups: list[list[Row]]) -> None:
    whys, rows = dict(plan.refused), {row.number: row for row in plan.refused_rows}
    for group in groups:
        first, *others = group
        children = ", ".join(f"{_called(row)} (ligne {row.number})" for row in group)
        told = (
            f"Plusieurs enfants ont le numéro {first.cells['Numéro d’élève']}{NBSP}: {children}. Donnez à "
            "chacun le sien."
        )
        # The first line may be refused for another reason too.
        whys |= dict.fromkeys((row.number for row in others), told)
        whys[first.number] = " ".join(filter(None, (whys.get(first.number), told)))
        rows[first.number] = first
        for row in group:
            plan.refused_beside[row.number] = [_beside(other) for other in group if other is not row]
    plan.refused = sorted(whys.items())
    plan.refused_rows = [rows[number] for number, _ in plan.refused]
    plan.created = [change for change in plan.created if change.row not in whys]
    plan.changed = [change for change in plan.changed if change.row not in whys]
    plan.unchanged_lines = [line for line in plan.unchanged_lines if line[0] not in whys]
    plan.contacts = [contact for contact in plan.contacts if contact[0] not in whys]


def _beside(row: Row) -> Alike:
    told = f"{_called(row)}, ligne {row.number}{NBSP}: même numéro"
    return Alike(told, AS_IN_THE_FILE, "child", line=row.number, there=AS_IN_THE_FILE)


def _called(row: Row) -> str:
    return f"{row.cells['Prénom']} {row.cells['Nom']}".strip() or "sans nom"
