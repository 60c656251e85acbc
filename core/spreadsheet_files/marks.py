"""What `python-calamine` does not tell of a sheet: which rows are hidden, which cells are an error of the
spreadsheet, which formulas nobody calculated, and the zeros that a number is shown with. It gives the first
as any row, the next ones as empty, the last as the number."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from posixpath import join, normpath
from typing import IO, Any, NamedTuple
from xml.parsers import expat

from .number_formats import shown, styles_that_show_zeros

PIECE = 2**20
# The longest sign, and more.
OVERLAP = 60
# Beyond, Excel kept fifteen digits, and what it shows is no number of anybody.
EXACT = 10**15
# Most sheets have none of these, and to look for words is a tenth of the work of reading.
XLSX_SIGNS = (b"hidden=", b't="e"', b"t='e'", b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
ODS_SIGNS = (b"table:visibility=", b'value-type="error', b"value-type='error", b"table:formula=")
# A number with more digits than it has, or a cell that covers those below.
ODS_ZEROS = re.compile(rb"min-integer-digits=.(?:[2-9]|1[0-9])")
ODS_MERGED = re.compile(rb"number-(?:rows|columns)-spanned=.(?:[2-9]|1[0-9])")
Sign = Callable[[bytes], Any]
LETTERS = re.compile("[A-Z]+")
NO_DIGITS = re.compile("[^0-9]")


class Range(NamedTuple):
    """Cells that are merged, first and last."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Marks:
    """Rows and columns are counted from nought."""

    hidden: set[int] = field(default_factory=set)
    # What stands in a cell instead of what was read: « #N/A », « =… » of a formula without its result, or
    # « 0920001234 » of a number.
    instead: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    # The rows of which a cell is a formula whose result was read.
    calculated: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)


def marks_of(archive: zipfile.ZipFile, sheet: str) -> Marks:
    """Of an XLSX or ODS; nobody knows of another."""
    names = archive.namelist()
    signs: list[Sign]
    if "content.xml" in names:
        signs = [*(partial(_has, sign) for sign in ODS_SIGNS), ODS_ZEROS.search, ODS_MERGED.search]
        # The formats of a style that has a name stand apart.
        is_needed = "styles.xml" in names and _is_in(archive, "styles.xml", [ODS_ZEROS.search])
        return _marks(archive, "content.xml", signs, _OdsReader(sheet), is_needed=is_needed)
    if "xl/workbook.xml" in names:
        zeros = styles_that_show_zeros(archive)
        styled = [f" s={quote}{style}{quote}".encode() for style in zeros for quote in "\"'"]
        signs = [partial(_has, sign) for sign in (*XLSX_SIGNS, *styled)]
        return _marks(archive, _part_of(archive, sheet), signs, _XlsxReader(zeros))
    return Marks()


def _marks(
    archive: zipfile.ZipFile, part: str, signs: Sequence[Sign], reader: "_Reader", *, is_needed: bool = False
) -> Marks:
    if is_needed or _is_in(archive, part, signs):
        with archive.open(part) as file:
            _parse(file, reader)
    return reader.marks


def _has(sign: bytes, text: bytes) -> bool:
    return sign in text


def _is_in(archive: zipfile.ZipFile, part: str, signs: Sequence[Sign]) -> bool:
    with archive.open(part) as file:
        before = b""
        while piece := file.read(PIECE):
            text = before + piece
            if any(sign(text) for sign in signs):
                return True
            before = piece[-OVERLAP:]
    return False


def _parse(file: IO[bytes], reader: "_Reader") -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.EntityDeclHandler = _refuse_entities
    parser.ParseFile(file)


def _refuse_entities(*_: Any) -> None:
    raise ValueError("no spreadsheet declares entities")


class _Reader:
    """Of one sheet, from its XML. `text` is what the element that is read says."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.row, self.column, self.text = -1, -1, ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    def data(self, text: str) -> None:
        self.text += text


class _XlsxReader(_Reader):
    kind, formula, value, style = "", "", "", ""

    def __init__(self, zeros: Mapping[str, str]) -> None:
        super().__init__()
        self._zeros = zeros

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.text = ""
        match name.rpartition(":")[2]:
            case "row":
                self.row = int(attributes.get("r", self.row + 2)) - 1
                self.column = -1
                if attributes.get("hidden") in {"1", "true"}:
                    self.marks.hidden.add(self.row)
            case "c":
                place = LETTERS.match(attributes.get("r", ""))
                self.column = column_number(place[0]) if place else self.column + 1
                self.kind, self.formula, self.value = attributes.get("t", "n"), "", ""
                self.style = attributes.get("s", "")

    def end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "f":
                # One that is shared with the cell above has no text of its own.
                self.formula = f"={self.text}"
            case "v":
                self.value = self.text
            case "c" if self.kind == "e":
                self.marks.instead[self.row][self.column] = self.value or "#N/A"
            case "c" if self.formula and not self.value and self.kind != "str":
                self.marks.instead[self.row][self.column] = self.formula
            case "c" if self.formula:
                self.marks.calculated.add(self.row)
                self._show_zeros()
            case "c":
                self._show_zeros()

    def _show_zeros(self) -> None:
        if self.kind == "n" and self.value and self.style in self._zeros:
            number = float(self.value)
            if number < EXACT and (text := shown(self._zeros[self.style], number)):
                self.marks.instead[self.row][self.column] = text


class _OdsReader(_Reader):
    rows, columns, formula, is_error, is_empty = 1, 1, "", False, True
    # What a number is; how many rows and columns it covers.
    number, below, beside = "", 1, 1
    is_comment = False

    def __init__(self, sheet: str) -> None:
        super().__init__()
        self.sheet, self.is_ours = sheet, False
        # The next row and column.
        self.row, self.column = 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table":
                self.is_ours = attributes.get("table:name") == self.sheet
            case "table:table-row" if self.is_ours:
                self.rows, self.column = int(attributes.get("table:number-rows-repeated", 1)), 0
                if attributes.get("table:visibility", "visible") != "visible":
                    self.marks.hidden.update(range(self.row, self.row + self.rows))
            case "table:table-cell" | "table:covered-table-cell" if self.is_ours:
                self.text = ""
                self.columns = int(attributes.get("table:number-columns-repeated", 1))
                self.formula = attributes.get("table:formula", "")
                self.is_error = attributes.get("calcext:value-type") == "error"
                self.is_empty = "office:value-type" not in attributes
                is_number = attributes.get("office:value-type") == "float"
                self.number = attributes.get("office:value", "") if is_number else ""
                self.below = int(attributes.get("table:number-rows-spanned", 1))
                self.beside = int(attributes.get("table:number-columns-spanned", 1))
            case "office:annotation":
                self.is_comment = True

    def data(self, text: str) -> None:
        if not self.is_comment:
            super().data(text)

    def end(self, name: str) -> None:
        match name:
            case "office:annotation":
                self.is_comment = False
            case "table:table-row" if self.is_ours:
                self.row += self.rows
            case "table:table-cell" | "table:covered-table-cell" if self.is_ours:
                if self.is_error:
                    self.marks.instead[self.row][self.column] = self.text or "#N/A"
                elif self.formula and self.is_empty:
                    self.marks.instead[self.row][self.column] = "=" + self.formula.partition("=")[2]
                elif self.formula:
                    self.marks.calculated.add(self.row)
                self._show_zeros()
                if self.below > 1 or self.beside > 1:
                    bottom, right = self.row + self.below - 1, self.column + self.beside - 1
                    self.marks.merged.append(Range(self.row, self.column, bottom, right))
                self.column += self.columns

    def _show_zeros(self) -> None:
        """An ODS says of a number how it is shown too."""
        digits = NO_DIGITS.sub("", self.text)
        if self.number and digits.startswith("0") and len(digits) > 1:
            number = float(self.number)
            if number < EXACT and number == int(digits):
                for row, column in product(range(self.rows), range(self.columns)):
                    self.marks.instead[self.row + row][self.column + column] = self.text


def column_number(letters: str) -> int:
    """« A » → 0, « AB » → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Where an XLSX keeps that sheet."""
    ids = {each["name"]: _relation(each) for each in _elements(archive, "xl/workbook.xml", "sheet")}
    targets = {
        each["Id"]: each["Target"]
        for each in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    target = targets[ids[sheet]]
    return target.removeprefix("/") if target.startswith("/") else normpath(join("xl", target))


def _relation(sheet: dict[str, str]) -> str:
    return next(value for name, value in sheet.items() if name.rpartition(":")[2] == "id")


def _elements(archive: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    """The attributes of each element of that name."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = _refuse_entities
    with archive.open(part) as file:
        parser.ParseFile(file)
    return found
