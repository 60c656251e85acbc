"""Accounts that were never activated, as a filter of their list."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import NEVER_ACTIVATED, User

NBSP = "\N{NO-BREAK SPACE}"


class NeverActivated(admin.SimpleListFilter):
    title = "activation"
    parameter_name = "activation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("jamais", "jamais activé")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(NEVER_ACTIVATED) if self.value() else queryset
