"""A sweep goes by batches, a transaction each, and takes only rows that nobody else has locked.

It waits for nobody, and what it passed over is for the next night.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q, QuerySet

# Of a transaction; and of a list of who is due, which for families takes seconds to make.
AT_ONCE, LISTED = 200, 10_000


class Step(Protocol):
    @property
    def what(self) -> str: ...

    def count(self, now: dt.datetime) -> int:
        """How many a run would do."""

    def run(self, now: dt.datetime) -> int:
        """Return how many it did."""


@dataclass(frozen=True)
class Sweep:
    """`due` are the rows, as of a moment; `do` gets those of a batch, locked, and returns how many it did."""

    what: str
    due: Callable[[dt.datetime], QuerySet[Any]]
    do: Callable[[Collection[Any]], int]

    def count(self, now: dt.datetime) -> int:
        return self.due(now).count()

    def run(self, now: dt.datetime) -> int:
        done, seen = 0, Q()
        while ids := list(self._due(now).filter(seen).values_list("pk", flat=True)[:LISTED]):
            batches = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
            done += sum(self._batch(now, batch) for batch in batches)
            seen = Q(pk__gt=ids[-1])
        return done

    @transaction.atomic
    def _batch(self, now: dt.datetime, ids: Collection[Any]) -> int:
        rows = self.due(now).model._default_manager.filter(pk__in=ids).order_by("pk")
        locked = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
        # Asked again under the lock: somebody may have come back at this very instant.
        return self.do(list(self._due(now).filter(pk__in=locked)))

    def _due(self, now: dt.datetime) -> QuerySet[Any]:
        return self.due(now).order_by("pk")


def delete(rows: Collection[Any]) -> int:
    if rows:
        model = type(next(iter(rows)))
        model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
