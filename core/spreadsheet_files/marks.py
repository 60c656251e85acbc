"""What `python-calamine` does not tell of a sheet: which rows are hidden, which cells are an error of the
spreadsheet, and which formulas nobody calculated. It gives the first as any row, the others as empty."""

import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import IO, Any
from xml.parsers import expat

PIECE = 2**20
# Most sheets have none of these, and to look for words is a tenth of the work of reading.
XLSX_SIGNS = (b"hidden=", b't="e"', b"t='e'", b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
ODS_SIGNS = (b"table:visibility=", b'value-type="error', b"value-type='error", b"table:formula=")
LETTERS = re.compile("[A-Z]+")


@dataclass
class Marks:
    """Rows and columns are counted from nought."""

    hidden: set[int] = field(default_factory=set)
    # What stands in a cell instead of what was read: « #N/A », or « =… » of a formula without its result.
    instead: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    # The rows of which a cell is a formula whose result was read.
    calculated: set[int] = field(default_factory=set)


def marks_of(archive: zipfile.ZipFile, sheet: str) -> Marks:
    """Of an XLSX or ODS; nobody knows of another."""
    names = archive.namelist()
    if "content.xml" in names:
        return _marks(archive, "content.xml", ODS_SIGNS, _OdsReader(sheet))
    if "xl/workbook.xml" in names:
        return _marks(archive, _part_of(archive, sheet), XLSX_SIGNS, _XlsxReader())
    return Marks()


def _marks(archive: zipfile.ZipFile, part: str, signs: tuple[bytes, ...], reader: "_Reader") -> Marks:
    with archive.open(part) as file:
        before = b""
        while piece := file.read(PIECE):
            if any(sign in before + piece for sign in signs):
                break
            before = piece[-20:]
        else:
            return reader.marks
    with archive.open(part) as file:
        _parse(file, reader)
    return reader.marks


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
    kind, formula, value = "", "", ""

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
                self.kind, self.formula, self.value = attributes.get("t", ""), "", ""

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


class _OdsReader(_Reader):
    rows, columns, formula, is_error, is_empty = 1, 1, "", False, True

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

    def end(self, name: str) -> None:
        match name:
            case "table:table-row" if self.is_ours:
                self.row += self.rows
            case "table:table-cell" | "table:covered-table-cell" if self.is_ours:
                if self.is_error:
                    self.marks.instead[self.row][self.column] = self.text or "#N/A"
                elif self.formula and self.is_empty:
                    self.marks.instead[self.row][self.column] = "=" + self.formula.partition("=")[2]
                elif self.formula:
                    self.marks.calculated.add(self.row)
                self.column += self.columns


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
