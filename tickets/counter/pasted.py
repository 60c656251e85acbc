"""The codes in a list: one a line or several, typed or scanned, or the cells of a spreadsheet around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core import typed_text
from core.codes import show_code
from core.money import NBSP
from core.spreadsheet_files.decoding import Undecodable, decoded
from core.spreadsheet_files.kinds import is_workbook, refuse_other_kinds
from core.spreadsheet_files.reading import tables_of
from core.spreadsheet_files.rows import Line, NotReadable, Table

from .typed import Reading, readings

# Characters of a list; bytes of a workbook, what the web server lets in.
LONGEST, LARGEST_WORKBOOK = 200_000, 1_000_000
SHOWN = 40
# Of a code whose characters stand apart.
LONGEST_APART = 30
SAVE = "Dans le tableur, enregistrez la liste en XLSX ou en CSV, ou collez ici la colonne des codes."

_CELL_ENDS = re.compile(r"[;,\t]")
# As a ticket has it, whatever stands between the groups; else what no space parts.
_GROUPED = re.compile(r"(?<!\w)\w{4}(?:[^\w\n/]{1,3}\w{4}){2}[^\w\n/]{1,3}\w(?!\w)")
_PIECE = re.compile(rf"{_GROUPED.pattern}|\S+")
_BEGUN_IN_GROUPS = re.compile(r"\w{4}-\w{4}\b")
# Of an address, or of a code that a wrong keyboard typed.
_SIGN_OF_A_CODE = re.compile(r'[0-9/&"(_§!=]')


@dataclass(frozen=True)
class Written:
    """What stands for one code. Without readings it is miscopied."""

    text: str
    readings: list[Reading]

    @property
    def shown(self) -> str:
        """Of an address its code."""
        if self.readings:
            return show_code(self.readings[0].code)
        text = " ".join(self.text.split())
        return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def written_in(text: str) -> list[Written]:
    """Each code in its order. A line without any is a miscopied one; what titles the columns is none."""
    lines = [list(_of_line(line)) for line in typed_text.printable(text).splitlines() if line.strip()]
    while len(lines) > 1 and _is_title(lines[0]):
        del lines[0]
    return [written for line in lines for written in line]


def text_of(content: bytes) -> str:
    """That of a CSV file, or of the sheet of a workbook that has codes. Raises NotReadable."""
    refuse_other_kinds(content, SAVE)
    if is_workbook(content):
        return _of_workbook(content)
    try:
        return decoded(content)
    except Undecodable:
        # Names have accents, and none of them is read.
        return content.decode("latin-1")


def _of_workbook(content: bytes) -> str:
    """Its rows, a line each, no further than a list may be long."""
    if len(content) > LARGEST_WORKBOOK:
        raise NotReadable(f"Ce fichier est trop grand. {SAVE}")
    with tables_of(content) as sheets:
        lines, length = list[str](), 0
        for _, line in _sheet_of_codes(sheets).lines():
            lines.append(_as_text(line))
            length += len(lines[-1])
            if length > LONGEST:
                break
        return "\n".join(lines)


def _sheet_of_codes(sheets: Sequence[Table]) -> Table:
    """Raises NotReadable: two sheets are two lists, and one of them would be left out."""
    with_codes = [it for it in sheets if any(one.readings for one in written_in(_top_of(it)))]
    if len(with_codes) > 1:
        names = ", ".join(it.name for it in with_codes)
        raise NotReadable(f"Plusieurs feuilles ont des codes{NBSP}: {names}. Gardez-en une à la fois.")
    if not (with_codes or sheets):
        raise NotReadable(f"Ce fichier n’a aucune feuille qui se voie. {SAVE}")
    return [*with_codes, *sheets][0]


def _top_of(sheet: Table) -> str:
    return "\n".join(map(_as_text, sheet.first))


def _as_text(line: Line) -> str:
    return "\t".join(" ".join(cell.split()) for cell in line.cells)


def _of_line(line: str) -> Iterator[Written]:
    found = [it for cell in _CELL_ENDS.split(line) for it in _of_cell(cell.strip(" \"'"))]
    # A wrong keyboard types the signs that part cells; but a code as it is printed is that one.
    is_plain = any(it.readings and not it.readings[0].repaired for it in found)
    if not is_plain and _may_be_one(line.strip()) and (meant := readings(line)):
        yield Written(line, meant)
    else:
        yield from found or [Written(line.strip(), [])]


def _may_be_one(line: str) -> bool:
    """Of several addresses only the last would be read."""
    return line.count("//") <= 1 if len(line.split()) == 1 else len(line) <= LONGEST_APART


def _of_cell(cell: str) -> Iterator[Written]:
    for piece in _PIECE.findall(cell):
        meant = readings(piece)
        # With letters alone a wrong keyboard finds codes in names, one of thirty of that length.
        if meant and (_SIGN_OF_A_CODE.search(piece) or _GROUPED.fullmatch(piece) or not meant[0].repaired):
            yield Written(piece, meant)
        elif _resembles_one(piece.rstrip("/").rpartition("/")[2]):
            yield Written(piece, [])


def _resembles_one(piece: str) -> bool:
    """Not a name, a date, an amount, a telephone or a SIRET: a code of which a character is wrong."""
    code = typed_text.code(piece)
    is_mixed = code.isascii() and not code.isdigit() and any(map(str.isdigit, code))
    return is_mixed and (12 <= len(code) <= 14 or bool(_BEGUN_IN_GROUPS.match(piece)))


def _is_title(line: list[Written]) -> bool:
    return not any(it.readings or any(map(str.isdigit, it.text)) for it in line)
