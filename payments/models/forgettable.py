"""Rows that are written once, but for a reason that names somebody who is to be forgotten."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from accounts.audit import FORGOTTEN
from core.append_only import AppendOnlyQuerySet

Row = TypeVar("Row", bound=models.Model)


class ForgettableQuerySet(AppendOnlyQuerySet[Row]):
    def forget(self) -> int:
        """The only change there is: a trigger on PostgreSQL lets exactly this through."""
        return models.QuerySet.update(self.exclude(reason=""), reason=FORGOTTEN["reason"])
