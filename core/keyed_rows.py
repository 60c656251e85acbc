"""Rows asked for by their keys, some thousands at a time; and columns put back as they were."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.db.models import Manager, Model, QuerySet

from .batches import in_batches

AT_ONCE = 2_000

Columns = dict[str, Any]


def of_those(
    rows: QuerySet[Any] | Manager[Any], keys: Collection[Any], column: str, *also: str
) -> Iterator[Any]:
    """`column` of the rows where it is one of these; with other columns, tuples of them all."""
    for part in in_batches(sorted(keys), AT_ONCE):
        yield from rows.filter(**{f"{column}__in": part}).values_list(column, *also, flat=not also)


class Restoring:
    """Columns as they were, of the rows where they still are what was made of them."""

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
