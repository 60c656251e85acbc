"""Where the columns are, known by their titles."""

from collections.abc import Sequence
from typing import NamedTuple

from core.spelling import simplified

from .rows import FIRST_LINES, Line, NotReadable, Table


class Headings(NamedTuple):
    """Below which line the list begins, where each column is, and how many cells have a title above them."""

    line: int
    places: dict[str, int]
    width: int


def with_headings(
    tables: Sequence[Table], columns: Sequence[str], required: set[str]
) -> tuple[Table, Headings]:
    """The one that has the columns: of a CSV, as the likeliest sign parts it. Raises NotReadable."""
    found = [
        (table, headings)
        for table in tables
        if (headings := headings_of(table.first, columns, required)) is not None
    ]
    if names := " et ".join(
        f"«\N{NO-BREAK SPACE}{table.name}\N{NO-BREAK SPACE}»" for table, _ in found[1:] if table.name
    ):
        raise NotReadable(
            f"Plusieurs feuilles ont ces titres\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}{found[0][0].name}"
            f"\N{NO-BREAK SPACE}» et {names}. Enregistrez à part celle de la liste."
        )
    if found:
        return found[0]
    raise NotReadable(_what_is_missing(tables, columns, required))


def headings_of(lines: Sequence[Line], columns: Sequence[str], required: set[str]) -> Headings | None:
    """From the first line that has those that are required. Raises NotReadable."""
    for number, line in enumerate(lines, start=1):
        places, keys = _places(line, columns)
        if required <= places.keys():
            if twice := [name for name in places if keys.count(simplified(name)) > 1]:
                raise NotReadable(f"La colonne {twice[0]} y est plusieurs fois. Gardez celle qui compte.")
            return Headings(number, places, max(place for place, key in enumerate(keys, start=1) if key))
    return None


def _places(line: Line, columns: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    keys = [simplified(cell) for cell in line.cells]
    wanted = {simplified(name): name for name in columns}
    return {wanted[key]: place for place, key in enumerate(keys) if key in wanted}, keys


def _what_is_missing(tables: Sequence[Table], columns: Sequence[str], required: set[str]) -> str:
    """Of the line that comes nearest."""
    lines = [line for table in tables for line in table.first]
    if not any(cell.strip() for line in lines for cell in line.cells):
        return "Ce fichier est vide."
    nearest = max((_places(line, columns)[0].keys() & required for line in lines), key=len)
    missing = ", ".join(name for name in columns if name in required - nearest)
    return (
        f"Il manque la colonne {missing}. Les titres des colonnes sont attendus dans les {FIRST_LINES} "
        "premières lignes."
    )
