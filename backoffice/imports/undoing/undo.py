"""What an import wrote, taken back as far as nothing was built on it; what stays is counted."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Model, QuerySet

from backoffice.imports.plans import Progress
from backoffice.models import Import
from core.batches import in_batches
from core.exceptions import Refusal
from core.formats import counted_in_french

from .rows import AT_ONCE, Columns, Restoring


class NothingGoes(Refusal):
    sentence = "Tout ce que cet import a écrit a servi depuis\N{NO-BREAK SPACE}: rien n’est changé."


@dataclass(frozen=True)
class Part:
    """« Enfants créés », « enlevé »: how many are, and how many stay because something was built on them."""

    what: str
    done: str
    count: int
    left: int

    @property
    def told(self) -> str:
        left = f", {counted_in_french(self.left, 'laissé')}" if self.left else ""
        return f"{counted_in_french(self.count, self.done)}{left}"


class Undo(ABC):
    """Compared with what is there as it is asked: to `write` it, `lock` first, in the same transaction."""

    # Whose columns go back to what they were.
    restored: ClassVar[type[Model]]

    def __init__(self, job: Import) -> None:
        self.job = job
        tables = {rows.model: rows for rows in job.written.all()}
        self._made = {model: {*rows.made} for model, rows in tables.items()}
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

    def write(self, progress: Progress) -> None:
        going = self.going()
        done, total = 0, sum(len(keys) for _, keys in going)
        self._restoring.write(self.columns)
        for model, keys in going:
            for part in in_batches(sorted(keys), AT_ONCE):
                model._default_manager.filter(pk__in=part).delete()
                done += len(part)
                progress(done, total)
