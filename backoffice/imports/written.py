"""What an import writes, noted as it does, so that it can be taken back."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from backoffice.models import Import, WrittenRows
from core.bulk_copy import copy_in


@dataclass
class Rows:
    made: list[Any] = field(default_factory=list)
    changed: dict[Any, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    # By which line each was made, in their order, as far as one was; and by which it was changed.
    made_by: array[int] = field(default_factory=partial(array, "L"))
    changed_by: array[int] = field(default_factory=partial(array, "L"))

    @property
    def lines(self) -> dict[str, list[Any]]:
        """As `WrittenRows.lines` keeps it."""
        return {"made": [*self.made_by], "keys": [*self.changed], "changed": [*self.changed_by]}


class Written:
    """By table: the keys of the rows that were made, and what each changed column was and became; each by the
    number of the line that did it.
    """

    def __init__(self) -> None:
        self._tables: dict[str, Rows] = defaultdict(Rows)
        # Most rows of a list change alike: one object for all those.
        self._alike: dict[tuple[Any, ...], dict[str, tuple[Any, Any]]] = {}

    def made(self, rows: Sequence[Model], lines: Iterable[int] = ()) -> None:
        """`lines`: one for each row, or none where a row is no single line's."""
        for row in rows:
            self._tables[row._meta.label_lower].made.append(row.pk)
        for row, line in zip(rows, lines, strict=False):
            self._tables[row._meta.label_lower].made_by.append(line)

    def changed(
        self, model: type[Model], key: Any, differing: Mapping[str, tuple[Any, Any]], line: int
    ) -> None:
        """A row that a column names is kept as its key."""
        if differing:
            columns = {
                _column(model, name): (_plain(was), _plain(now)) for name, (was, now) in differing.items()
            }
            alike = self._alike.setdefault((*columns.items(),), columns)
            rows = self._tables[model._meta.label_lower]
            if key not in rows.changed:
                rows.changed_by.append(line)
            rows.changed[key] = alike

    def keep(self, job: Import) -> None:
        """In the transaction that writes the rows themselves."""
        if connection.vendor == "postgresql":
            now = timezone.now()
            copy_in(
                WrittenRows,
                ("job", "model", "made", "changed", "lines", "at"),
                (
                    (
                        *(job.pk, model),
                        *(_as_json(rows.made), _changed_as_json(rows.changed), _as_json(rows.lines)),
                        now,
                    )
                    for model, rows in self._tables.items()
                ),
            )
            return
        WrittenRows.objects.bulk_create(
            WrittenRows(
                job=job,
                model=model,
                made=rows.made,
                changed=rows.changed,
                lines=rows.lines,
            )
            for model, rows in self._tables.items()
        )


_as_json = DjangoJSONEncoder().encode


def _changed_as_json(changed: Mapping[Any, Mapping[str, tuple[Any, Any]]]) -> str:
    """Row by row: of eighty thousand at once, the pieces take a hundred megabytes."""
    texts: dict[int, str] = {}
    rows = []
    for key, columns in changed.items():
        # The same object for many rows.
        text = texts.get(id(columns)) or texts.setdefault(id(columns), _as_json(columns))
        rows.append(f"{_as_json(str(key))}:{text}")
    return f"{{{','.join(rows)}}}"


def _column(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.attname)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
