"""What a cell says: yes, a date, a postcode; and what no cell may say."""

import datetime as dt
import re
from collections.abc import Collection

from core.spelling import simplified
from core.spreadsheets import FORMULA

from .rows import Cells, Row, RowRefused

# What Excel and LibreOffice write where they cannot calculate, or have no room.
ERROR = re.compile(r"#+|#N/[AD]|#[A-ZÉ_/0-9]+[!?]|#GETTING_DATA|Err:\d{3}", re.IGNORECASE)
ROUNDED = re.compile(r"[\d ]+(?:[.,]\d+)?E[+-]\d+|[\d ]+,\d+|\d+\.\d+", re.IGNORECASE)
NOTHING = re.compile(r"[-–—_./?]+")

YES, NO = {"oui", "o", "1", "x", "vrai"}, {"non", "n", "0", "faux"}
# The first day that Excel counts, were 1900 a leap year as it believes.
EXCEL_EPOCH = dt.date(1899, 12, 30)


def refuse_no_values(row: Row, identifying: Collection[str]) -> None:
    """A line that is broken, a formula, an error of a spreadsheet; and, in the columns that identify somebody
    or some place, a number that Excel rounded. Raises RowRefused."""
    if row.fault:
        raise RowRefused(row.fault)
    for column, cell in row.cells.items():
        if cell.startswith(FORMULA[0]):
            raise RowRefused(f"La case {column} est une formule. Remplacez-la par son résultat.")
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


def read_yes(cells: Cells, column: str) -> bool | None:
    """Whether the cell says yes; None if it says nothing. Raises RowRefused."""
    if not cells[column]:
        return None
    said = simplified(cells[column])
    if said not in YES | NO:
        raise RowRefused(f"La case {column} dit {cells[column]} au lieu de oui ou non.")
    return said in YES


def read_postcode(text: str) -> str:
    """« 92 330 » → « 92330 »; a spreadsheet takes the 0 of « 01000 ». Raises RowRefused."""
    digits = text.replace(" ", "").zfill(5)
    if not re.fullmatch("[0-9]{5}", digits):
        raise RowRefused(f"{text} n’est pas un code postal à cinq chiffres.")
    return digits


def read_date(text: str) -> dt.date:
    """« 01/09/2026 », « 2026-09-01 », or the number that Excel counts days by. Raises ValueError."""
    for way in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, way).date()  # noqa: DTZ007 – a day has no zone
        except ValueError:
            continue
    if text.isdecimal() and 20_000 < int(text) < 80_000:
        return EXCEL_EPOCH + dt.timedelta(days=int(text))
    raise ValueError(text)
