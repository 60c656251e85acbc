"""What an import writes, noted as it does, so that it can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from backoffice.models import Import, WrittenRows


@dataclass
class Rows:
    made: list[Any] = field(default_factory=list)
    changed: dict[Any, dict[str, tuple[Any, Any]]] = field(default_factory=dict)


class Written:
    """By table: the keys of the rows that were made, and what each changed column was and became."""

    def __init__(self) -> None:
        self._tables: dict[str, Rows] = defaultdict(Rows)

    def made(self, rows: Iterable[Model]) -> None:
        for row in rows:
            self._tables[row._meta.label_lower].made.append(row.pk)

    def changed(self, model: type[Model], key: Any, differing: Mapping[str, tuple[Any, Any]]) -> None:
        """A row that a column names is kept as its key."""
        if differing:
            self._tables[model._meta.label_lower].changed[key] = {
                _column(model, name): (_plain(was), _plain(now)) for name, (was, now) in differing.items()
            }

    def keep(self, job: Import) -> None:
        """In the transaction that writes the rows themselves."""
        WrittenRows.objects.bulk_create(
            WrittenRows(job=job, model=model, made=rows.made, changed=rows.changed)
            for model, rows in self._tables.items()
        )


def _column(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.attname)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
