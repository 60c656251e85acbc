"""What the list of tickets is narrowed by."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from backoffice.base.period_filter import PeriodFilter
from tickets.models import State, Ticket


class ShownState(admin.SimpleListFilter):
    """Filters by the state of today, which `expire_tickets` may not have written yet."""

    title = "état"
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in State]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Ticket]) -> QuerySet[Ticket]:
        for state in State:
            if state == self.value():
                shown = Ticket.objects.shown_as(state, timezone.localdate())
                return queryset.filter(pk__in=shown.values("pk"))
        return queryset


class CreatedPeriod(PeriodFilter):
    title = "créé"
    field = "created_at"
    name = "cree"


class UsedPeriod(PeriodFilter):
    title = "utilisé"
    field = "used_at"
    name = "utilise"
