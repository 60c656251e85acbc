"""The filter of a list of which the archives' visa is asked: what is old enough."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone


def kept(due: Callable[[dt.datetime], QuerySet[Any]]) -> type[admin.SimpleListFilter]:
    class Kept(admin.SimpleListFilter):
        title = "durée de garde"
        parameter_name = "garde"

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            return [("passee", "dix ans passés, à soumettre au visa des archives")]

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
            return queryset.filter(pk__in=due(timezone.now())) if self.value() else queryset

    return Kept
