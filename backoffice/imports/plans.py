"""What a spreadsheet would do: shown to an agent first, then done, in one transaction."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from backoffice.imports.written import Written
from backoffice.models import Verdict
from core.formats import counted_in_french
from core.spreadsheet_files.headings import Titles
from core.spreadsheet_files.reading import ReadContent, begun
from core.spreadsheet_files.rows import Row, RowRefused
from core.spreadsheet_files.shapes import Mapped
from core.spreadsheets import Columns, as_csv

from .lines import Alike, Contact, Edit, Line, Made

# Told how many rows are behind, and how many there are.
Progress = Callable[[int, int], None]
TOLD_EVERY = 2_000
# The last column of the lines that are refused; no file needs it.
WHY = "Motif du refus"
AS_IN_THE_FILE = "Dans le fichier"


class Change(Protocol):
    """One line of the file and what it would do, in the words that the agent reads."""

    row: int

    @property
    def is_new(self) -> bool: ...

    @property
    def name(self) -> str: ...

    @property
    def told(self) -> str:
        """What differs from what is there; nothing if nothing does."""

    @property
    def does_something(self) -> bool: ...

    @property
    def made(self) -> Sequence[Made]: ...

    @property
    def edits(self) -> Sequence[Edit]: ...

    @property
    def alike(self) -> Sequence[Alike]:
        """Whom it is perhaps the same as: an agent chooses."""

    @property
    def contacts(self) -> Sequence[Contact]: ...


AnyChange = TypeVar("AnyChange", bound=Change)


@dataclass(frozen=True)
class Chosen:
    """What an agent said of lines that are like somebody, by their numbers."""

    # Nothing of them is done.
    left: Collection[int] = ()
    # The key of who it is, and whom the line brings up to date.
    same: Mapping[int, int] = field(default_factory=dict)


NOTHING_CHOSEN = Chosen()


@dataclass
class Plan(Generic[AnyChange]):
    """Compared with what is there: nothing that a file says stands in two of these lists."""

    # Those that a file of this sort may have.
    columns: tuple[str, ...] = ()
    created: list[AnyChange] = field(default_factory=list)
    changed: list[AnyChange] = field(default_factory=list)
    # How many lines the file has.
    read: int = 0
    # By number and name.
    unchanged_lines: list[tuple[int, str]] = field(default_factory=list)
    # Somebody who is there already, an agent says: nothing of such a line is done.
    left: list[AnyChange] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    # The same, as they stand in the file, to be corrected there.
    refused_rows: list[Row] = field(default_factory=list)
    # By its number, which other lines each is to be read beside.
    refused_beside: dict[int, list[Alike]] = field(default_factory=dict)
    # What an agent should know of the file as a whole: which sheet was read, which lines it hides.
    of_the_file: list[str] = field(default_factory=list)
    # What an agent should know of a line that is done all the same.
    notes: list[tuple[int, str]] = field(default_factory=list)
    # The accounts that were there before and that a line gives a child to: each is an agent's to check.
    links: list[tuple[int, str, str]] = field(default_factory=list)
    # What a line says otherwise of an account: written where an agent asks for it.
    contacts: list[tuple[int, Contact]] = field(default_factory=list)
    # « Activités nouvelles » and the like, which a slip of the keyboard makes too.
    new_names: dict[str, list[str]] = field(default_factory=dict)
    # What is done beside the lines, such as « 12 désinscrits », and what the page says of it.
    besides: str = ""
    leaving: dict[str, Any] = field(default_factory=dict)
    # What was made and changed, once it is done.
    written: Written = field(default_factory=Written)

    @property
    def changes(self) -> list[AnyChange]:
        return [*self.created, *self.changed]

    @property
    def unchanged(self) -> int:
        return len(self.unchanged_lines)

    @property
    def likenesses(self) -> list[tuple[int, str, str]]:
        """Who is perhaps somebody else of the base, or of another line."""
        return [(change.row, change.name, alike.told) for change in self.changes for alike in change.alike]

    @property
    def does_something(self) -> bool:
        return bool(self.created or self.changed or self.besides)

    @property
    def counts(self) -> dict[Verdict, int]:
        return {
            Verdict.CREATED: len(self.created),
            Verdict.CHANGED: len(self.changed),
            Verdict.UNCHANGED: self.unchanged,
            Verdict.REFUSED: len(self.refused),
            Verdict.LEFT: len(self.left),
        }

    @property
    def told(self) -> str:
        """For the journal."""
        counted = [
            counted_in_french(count, verdict.label)
            for verdict, count in self.counts.items()
            if count or verdict != Verdict.LEFT
        ]
        if likenesses := len(self.likenesses):
            counted.append(counted_in_french(likenesses, "ressemblance"))
        return ", ".join([*counted, self.besides] if self.besides else counted)

    def lines(self) -> Iterator[Line]:
        """One for each line that was read."""
        about = _About(self)
        for verdict, changes in (
            (Verdict.CREATED, self.created),
            (Verdict.CHANGED, self.changed),
            (Verdict.LEFT, self.left),
        ):
            for it in changes:
                said = about.line(it.row)
                yield Line(it.row, verdict, it.name, it.told, it.made, it.edits, alike=it.alike, **said)
        for number, name in self.unchanged_lines:
            yield Line(number, Verdict.UNCHANGED, name, **about.line(number))
        for row, (number, why) in zip(self.refused_rows, self.refused, strict=True):
            made = [Made(AS_IN_THE_FILE, [*row.cells.items()])]
            beside, notes = self.refused_beside.get(number, ()), about.notes.get(number, ())
            yield Line(number, Verdict.REFUSED, "", why, made, notes=notes, alike=beside)

    def leave(self, numbers: Collection[int]) -> None:
        """These lines are not done: whom they would make is there already, an agent said."""
        if numbers:
            self.left = [change for change in self.changes if change.row in numbers]
            self.created = [change for change in self.created if change.row not in numbers]
            self.changed = [change for change in self.changed if change.row not in numbers]

    def fingerprint(self) -> str:
        """Another one of a plan that does, refuses or says anything else."""
        lines = MarkedLines(self)
        for _ in lines:
            pass
        return lines.fingerprint()

    def refused_lines(self) -> bytes:
        """A CSV of them with the reason of each, that corrected is a file of the same sort."""
        if not self.refused:
            return b""
        filled = {column for row in self.refused_rows for column in row.cells}
        cells: Columns = {
            column: partial(_cell_of, column) for column in self.columns if column in filled
        } | {WHY: lambda refused: refused[1]}
        refused = zip(self.refused_rows, (why for _, why in self.refused), strict=True)
        return "".join(as_csv(cells, refused)).encode()

    def refuse_unless(self, as_read: str) -> None:
        """Raises PlanChanged if an agent read another one. Of a file brought before, none is kept."""
        if as_read and as_read != self.fingerprint():
            raise PlanChanged(self)

    def report(self) -> dict[str, Any]:
        """What the page shows of the file as a whole, to be kept until the agent reads it."""
        return {
            "told": self.told,
            "does_something": self.does_something,
            "read": self.read,
            "counts": self.counts,
            "of_the_file": self.of_the_file,
            "new_names": self.new_names,
            "leaving": self.leaving,
        }


_as_json = json.JSONEncoder(ensure_ascii=False).encode


class MarkedLines:
    """Each line of a plan, once, with what it says as JSON; then the fingerprint that they make."""

    def __init__(self, plan: Plan[Any]) -> None:
        self._plan = plan
        self._digest = hashlib.sha256()
        self.count = 0

    def __iter__(self) -> Iterator[tuple[Line, str]]:
        for line in self._plan.lines():
            said = _as_json(line.said())
            marks = (str(line.number), line.verdict.value, line.name, line.told, said)
            self._digest.update("\n".join(marks).encode())
            self.count += 1
            yield line, said

    def fingerprint(self) -> str:
        """Once all of them were read."""
        plan, digest = self._plan, self._digest.copy()
        for part in (plan.told, plan.of_the_file, plan.new_names, plan.leaving):
            digest.update(repr(part).encode())
        return digest.hexdigest()


class _About:
    """What is said of a line beside what it does."""

    def __init__(self, plan: Plan[Any]) -> None:
        self.notes = _by_line(plan.notes)
        self._links = _by_line((number, told) for number, _, told in plan.links)
        self._contacts = _by_line(plan.contacts)

    def line(self, number: int) -> dict[str, Any]:
        said: dict[str, Mapping[int, Any]] = {
            "notes": self.notes,
            "links": self._links,
            "contacts": self._contacts,
        }
        return {name: lines[number] for name, lines in said.items() if number in lines}


Said = TypeVar("Said")


def _by_line(pairs: Iterable[tuple[int, Said]]) -> dict[int, list[Said]]:
    lines: dict[int, list[Said]] = defaultdict(list)
    for number, said in pairs:
        lines[number].append(said)
    return lines


def _cell_of(column: str, refused: tuple[Row, str]) -> str:
    return refused[0].cells[column]


class PlanChanged(Exception):
    """What an agent read is no longer what would be done. Nothing is written."""

    def __init__(self, plan: Plan[Any]) -> None:
        super().__init__(plan.told)
        self.plan = plan


class Importer(Protocol):
    """How files of one sort are read. Both raise NotReadable; `apply` is called in a transaction."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    @property
    def required(self) -> tuple[str, ...]: ...

    @property
    def others(self) -> Mapping[str, Sequence[str]]:
        """What other programs call a column, the likeliest first."""

    @property
    def kept(self) -> Mapping[str, Mapped]:
        """What agents said of the columns of files of some shape."""

    @property
    def cells_are(self) -> str:
        """How to write what a column's name does not say."""

    def plan(self, read_content: ReadContent, progress: Progress) -> Plan[Any]: ...

    def apply(
        self,
        read_content: ReadContent,
        progress: Progress,
        *,
        as_read: str = "",
        chosen: Chosen = NOTHING_CHOSEN,
    ) -> Plan[Any]:
        """Raises PlanChanged too, unless the plan has that fingerprint by now."""


def titles_of(importer: Importer) -> Titles:
    return Titles(importer.columns, frozenset(importer.required), importer.others, importer.kept)


def compare(
    importer: Importer,
    read_content: ReadContent,
    prepare: Callable[[], Callable[[Row], AnyChange]],
    progress: Progress,
) -> Plan[AnyChange]:
    """Ask of each row of the file what it would do: what `prepare` gives, while the file is opened, says it,
    or raises RowRefused. Raises NotReadable.
    """
    plan: Plan[AnyChange] = Plan(importer.columns)
    with begun(read_content) as read:
        change, reading = prepare(), read(titles_of(importer))
        for behind, row in enumerate(reading, start=1):
            if behind % TOLD_EVERY == 0:
                progress(behind, max(behind, reading.rows))
            _judge(row, change, plan)
            plan.read = behind
        plan.of_the_file = [*reading.told()]
    return plan


def _judge(row: Row, change: Callable[[Row], AnyChange], plan: Plan[AnyChange]) -> None:
    try:
        asked = change(row)
    except RowRefused as reason:
        why = str(reason) if row.fault or not row.doubt else f"{row.doubt} {reason}"
        plan.refused.append((row.number, why))
        plan.refused_rows.append(row)
        return
    if row.doubt:
        plan.notes.append((row.number, row.doubt))
    plan.contacts.extend((row.number, contact) for contact in asked.contacts)
    if asked.is_new:
        plan.created.append(asked)
    elif asked.does_something:
        plan.changed.append(asked)
    else:
        plan.unchanged_lines.append((row.number, asked.name))
