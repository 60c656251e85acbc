"""A list narrowed to the days from one to another."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.typed_dates import read_day

FIRST_YEAR, LAST_YEAR = 1900, 2200


class PeriodFilter(admin.ListFilter):
    """Rows whose `field`, a moment, is of the days from one to another, both included. Either may be open."""

    template = "admin/period_filter.html"
    field = ""
    # « cree » makes ?cree_du=01/10/2026&cree_au=31/10/2026.
    name = ""

    @classmethod
    def parameters(cls) -> list[str]:
        return [f"{cls.name}_du", f"{cls.name}_au"]

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.parameters():
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return [*self.parameters()]

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """One form, that keeps what else the list is narrowed by."""
        own = self.parameters()
        yield {
            "days": [
                (name, label, self.used_parameters.get(name, ""))
                for name, label in zip(own, ("Du", "au"), strict=True)
            ],
            "kept": [
                (name, value)
                for name, values in changelist.filter_params.items()
                if name not in {*own, PAGE_VAR, ERROR_FLAG}
                for value in values
            ],
            "all": changelist.get_query_string(remove=own) if self.used_parameters else "",
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Raises IncorrectLookupParameters: it is no day."""
        first, last = (self._day(name) for name in self.parameters())
        if first:
            queryset = queryset.filter(**{f"{self.field}__gte": _begin(first)})
        if last:
            queryset = queryset.filter(**{f"{self.field}__lt": _begin(last + dt.timedelta(days=1))})
        return queryset

    def _day(self, name: str) -> dt.date | None:
        typed = str(self.used_parameters.get(name, "")).strip()
        if not typed:
            return None
        try:
            day = read_day(typed)
        except ValueError as wrong:
            raise IncorrectLookupParameters(name) from wrong
        # The day after the last one that there is cannot be told.
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise IncorrectLookupParameters(name)
        return day


def _begin(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
