"""What a cell says: yes or no; and what no cell may say."""

import re
from collections.abc import Collection

from core.spelling import simplified
from core.spreadsheets import FORMULA

from .rows import Cells, Row, RowRefused

# What Excel and LibreOffice write where they cannot calculate, or have no room.
ERROR = re.compile(r"#+|#N/[AD]|#[A-ZÉ_/0-9]+[!?]|#GETTING_DATA|Err:\d{3}", re.IGNORECASE)
ROUNDED = re.compile(r"[\d ]+(?:[.,]\d+)?E[+-]\d+|[\d ]+,\d+|\d+\.\d+", re.IGNORECASE)
NOTHING = re.compile(r"[-–—_./?]+")

YES = {"oui", "o", "1", "x", "vrai", "true", "yes", "y", "v", "ok"}
NO = {"non", "n", "0", "faux", "false", "no"}
TICKED, UNTICKED = "✓✔☑☒✅🗹", "☐✗✘❌"


def refuse_no_values(row: Row, identifying: Collection[str]) -> None:
    """A line that is broken, a formula, an error of a spreadsheet; and, in the columns that identify somebody
    or some place, a number that Excel rounded. Raises RowRefused."""
    if row.fault:
        raise RowRefused(row.fault)
    for column, cell in row.cells.items():
        if cell.startswith(FORMULA[0]):
            raise RowRefused(f"La case {column} est une formule. Remplacez-la par son résultat.")
        if cell.isalnum():
            # Nearly all of those that identify: neither an error nor a number with a sign in it.
            continue
        if cell[0] in "#E" and ERROR.fullmatch(cell):
            raise RowRefused(
                f"La case {column} dit {cell}\N{NO-BREAK SPACE}: c’est une erreur du tableur. "
                "Corrigez-la, ou élargissez la colonne."
            )
        if column in identifying:
            refuse_rounded(column, cell)


def refuse_rounded(column: str, cell: str) -> None:
    """Raises RowRefused."""
    if ROUNDED.fullmatch(cell):
        raise RowRefused(
            f"La case {column} dit {cell}\N{NO-BREAK SPACE}: Excel a arrondi ce numéro. Mettez la colonne en "
            "Texte, et reprenez le numéro d’origine."
        )
    if NOTHING.fullmatch(cell):
        raise RowRefused(f"La case {column} dit {cell}. Videz-la, ou donnez le numéro.")


def refuse_misplaced(row: Row, left_aside: str) -> None:
    """What is left aside of another line, stands in the wrong column of one whose length is doubted. Raises
    RowRefused."""
    if row.doubt:
        raise RowRefused(left_aside)


def read_yes(cells: Cells, column: str) -> bool | None:
    """Whether the cell says yes; None if it says nothing. Raises RowRefused."""
    cell = cells[column]
    if not cell:
        return None
    written = simplified(cell)
    if written in YES or cell in TICKED:
        return True
    if written in NO or cell in UNTICKED:
        return False
    raise RowRefused(f"La case {column} dit {cell} au lieu de oui ou non.")


def with_lost_zero(postcode: str) -> str:
    """A spreadsheet takes the 0 of « 01000 »; nobody who types it does."""
    return f"0{postcode}" if re.fullmatch("[0-9]{4}", postcode) else postcode
