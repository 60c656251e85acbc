"""What an import wrote, taken back as far as nothing was built on it; what stays is counted, and told why."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Manager, Model, QuerySet

from backoffice.imports.plans import Progress
from backoffice.models import Import, ImportLine
from core.batches import in_batches
from core.exceptions import Refusal
from core.formats import counted_in_french
from core.keyed_rows import AT_ONCE, Columns, Restoring, of_those

from . import reasons

# By the key of each row that stays.
Reasons = dict[Any, str]


class NothingGoes(Refusal):
    sentence = "Tout ce que cet import a écrit a servi depuis\N{NO-BREAK SPACE}: rien n’est changé."


@dataclass(frozen=True)
class Part:
    """« Enfants créés », « enlevé »: how many are, and why each of the others stays."""

    what: str
    # One of those that stay, in a line of the file; nothing of those that no line names.
    one: str
    done: str
    model: type[Model]
    count: int
    stays: Reasons

    @property
    def left(self) -> int:
        return len(self.stays)

    @property
    def told(self) -> str:
        told = [counted_in_french(self.count, self.done)]
        if self.left:
            told.append(counted_in_french(self.left, "laissée" if self.done.endswith("ée") else "laissé"))
        return ", ".join(told)

    def by_reason(self) -> dict[str, list[Any]]:
        """The commonest first, each with the keys of its rows."""
        keys: dict[str, list[Any]] = defaultdict(list)
        for key, why in self.stays.items():
            keys[why].append(key)
        return dict(sorted(keys.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def left(keys: Iterable[Any], why: Reasons, *, else_: str = reasons.CHANGED) -> Reasons:
    """Each of these that stay, with its reason."""
    return {key: why.get(key, else_) for key in sorted(keys)}


class Undo(ABC):
    """Compared with what is there as it is asked: to `write` it, `lock` first, in the same transaction."""

    # Whose columns go back to what they were.
    restored: ClassVar[type[Model]]

    def __init__(self, job: Import) -> None:
        self.job = job
        tables = {rows.model: rows for rows in job.written.all()}
        self._made = {model: {*rows.made} for model, rows in tables.items()}
        self._lines = {model: _lines_of(rows.made, rows.lines or {}) for model, rows in tables.items()}
        # One that the former release did noted no lines.
        self.knows_lines = all(rows.lines is not None for rows in tables.values())
        label = self.restored._meta.label_lower
        self._restoring = Restoring(self.restored, tables[label].changed if label in tables else {})

    @abstractmethod
    def lock(self) -> None:
        """Whoever would build on it meanwhile waits."""

    @abstractmethod
    def parts(self) -> Iterator[Part]:
        """For the agent and for the journal."""

    @abstractmethod
    def going(self) -> list[tuple[type[Model], set[Any]]]:
        """The keys of the rows that go, those first that others hold."""

    @abstractmethod
    def rows(self) -> QuerySet[Any]:
        """Those whose columns may go back."""

    def may_go_back(self, column: str, became: Any) -> bool:
        return True

    def made(self, model: type[Model]) -> set[Any]:
        return self._made.get(model._meta.label_lower, set())

    @property
    def changed(self) -> set[Any]:
        return {*self._restoring.keys}

    @cached_property
    def columns(self) -> dict[Any, Columns]:
        """By the row, those that go back."""
        return self._restoring.compared(self.rows(), self.may_go_back)

    def gone_or_merged(self, rows: Manager[Any], keys: Iterable[Any]) -> Reasons:
        keys = {*keys}
        there = {*of_those(rows, keys, "pk")}
        merged = of_those(rows.exclude(merged_into=None), there, "pk")
        return dict.fromkeys(keys - there, reasons.ERASED) | dict.fromkeys(merged, reasons.MERGED)

    def write(self, progress: Progress) -> None:
        going = self.going()
        done, total = 0, sum(len(keys) for _, keys in going)
        self._restoring.write(self.columns)
        for model, keys in going:
            for part in in_batches(sorted(keys), AT_ONCE):
                model._default_manager.filter(pk__in=part).delete()
                done += len(part)
                progress(done, total)

    def tell_lines(self, parts: Iterable[Part]) -> None:
        """Each line of which something stays says what, and why: one statement for all that say the same."""
        told: dict[int, dict[str, None]] = defaultdict(dict)
        for part in parts:
            lines = self._lines.get(part.model._meta.label_lower, {})
            for key, why in part.stays.items():
                if part.one and (line := lines.get(str(key))):
                    told[line][f"{part.one}\N{NO-BREAK SPACE}: {why}"] = None
        alike: dict[str, list[int]] = defaultdict(list)
        for line, sentences in sorted(told.items()):
            alike["\N{NO-BREAK SPACE}; ".join(sentences)].append(line)
        for sentence, lines_ in alike.items():
            for some in in_batches(lines_, AT_ONCE):
                ImportLine.objects.filter(job=self.job, number__in=some).update(stays=sentence)


def _lines_of(made: list[Any], lines: Mapping[str, Any]) -> dict[str, int]:
    """By the key of a row, as a text."""
    changed = zip(lines.get("keys", ()), lines.get("changed", ()), strict=True)
    by = [*changed, *zip(made, lines.get("made", ()), strict=False)]
    return {str(key): line for key, line in by}
