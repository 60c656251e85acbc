"""Rows asked for by their keys, some thousands at a time."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeVar

from django.db.models import Manager, Model, QuerySet

from accounts.audit import Action, AuditEntry
from backoffice.imports import striking_off
from backoffice.models import Import, WrittenRows
from core.batches import in_batches

from . import reasons

AT_ONCE = 2_000

Key = TypeVar("Key")
Columns = dict[str, Any]


def of_those(
    rows: QuerySet[Any] | Manager[Any], keys: Collection[Any], column: str, *also: str
) -> Iterator[Any]:
    """`column` of the rows where it is one of these; with other columns, tuples of them all."""
    for part in in_batches(sorted(keys), AT_ONCE):
        yield from rows.filter(**{f"{column}__in": part}).values_list(column, *also, flat=not also)


def lock(model: type[Model], keys: Collection[Any]) -> None:
    """In the order of their keys."""
    for part in in_batches(sorted(keys), AT_ONCE):
        list(
            model._default_manager.select_for_update()
            .filter(pk__in=part)
            .order_by("pk")
            .values_list("pk", flat=True)
        )


def taken_up(job: Import, model: type[Model], keys: Collection[Any]) -> dict[Any, str]:
    """Those that an agent did something to, or another import, since this one was done: and which it was."""
    label = model._meta.label_lower
    by_text = {f"{label} {key}": key for key in keys}
    done_at = striking_off.done_at(job)
    later = WrittenRows.objects.filter(model=label, at__gt=done_at).exclude(job=job)
    found: dict[Any, str] = {}
    for made, changed in later.values_list("made", "changed"):
        found |= dict.fromkeys((*made, *map(model._meta.pk.to_python, changed)), reasons.IMPORTED)
    journal = AuditEntry.objects.filter(at__gt=done_at)
    acts = [*of_those(journal, by_text, "subject_key", "action")]
    found |= {by_text[text]: reasons.EDITED for text, _ in acts}
    found |= {by_text[text]: reasons.MERGED for text, action in acts if action == Action.MERGED}
    return {key: why for key, why in found.items() if key in keys}


class Restoring:
    """Columns as they were, of the rows where they still are what the import made of them."""

    def __init__(self, model: type[Model], changed: Mapping[str, Mapping[str, tuple[Any, Any]]]) -> None:
        self._model = model
        self._former = {model._meta.pk.to_python(key): columns for key, columns in changed.items()}

    @property
    def keys(self) -> Collection[Any]:
        return self._former.keys()

    def compared(self, rows: QuerySet[Any], may_go_back: Callable[[str, Any], bool]) -> dict[Any, Columns]:
        """By the row, what goes back to what it was. Rows that are not among these stay as they are."""
        names = sorted({name for columns in self._former.values() for name in columns})
        going = {
            key: self._going(key, dict(zip(names, now, strict=True)), may_go_back)
            for key, *now in (of_those(rows, self._former, "pk", *names) if names else ())
        }
        return {key: columns for key, columns in going.items() if columns}

    def _going(self, key: Any, now: Columns, may_go_back: Callable[[str, Any], bool]) -> Columns:
        read = {
            name: (self._read(name, was), self._read(name, became))
            for name, (was, became) in self._former[key].items()
        }
        return {
            name: was
            for name, (was, became) in read.items()
            if now[name] == became and may_go_back(name, became)
        }

    def _read(self, name: str, value: Any) -> Any:
        """As JSON does not keep it: a date is a text there."""
        field: Any = self._model._meta.get_field(name)
        return getattr(field, "target_field", field).to_python(value)

    def write(self, columns: Mapping[Any, Columns]) -> None:
        """One statement for all that go back to the same values."""
        alike: dict[tuple[tuple[str, Any], ...], list[Any]] = defaultdict(list)
        for key, going in columns.items():
            alike[tuple(sorted(going.items()))].append(key)
        for values, keys in alike.items():
            for part in in_batches(keys, AT_ONCE):
                self._model._default_manager.filter(pk__in=part).update(**dict(values))
