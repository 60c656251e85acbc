"""Rows that are written once, and let go once."""

from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn, Self, TypeVar

from django.db import models

from core.append_only import AppendOnly, AppendOnlyModel

Row = TypeVar("Row", bound=models.Model)


class ReleasableQuerySet(models.QuerySet[Row]):
    def living(self) -> Self:
        return self.filter(released_at=None)

    def release(self, moment: dt.datetime) -> int:
        """Let go of those that are still held; return how many there were."""
        return super(ReleasableQuerySet, self.living()).update(released_at=moment)

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class ReleasableModel(AppendOnlyModel):
    """PostgreSQL refuses any other change by a trigger (second migration), the model everywhere."""

    released_at = models.DateTimeField("sorti le", null=True, editable=False)

    class Meta:
        abstract = True
