"""Of batches: which ones are old enough for the archives."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from payments import archives
from payments.models import Batch


class Kept(admin.SimpleListFilter):
    title = "durée de garde"
    parameter_name = "garde"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("passee", "dix ans passés, à soumettre au visa des archives")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Batch]) -> QuerySet[Batch]:
        return queryset.filter(pk__in=archives.due(timezone.now())) if self.value() else queryset
