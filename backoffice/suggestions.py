"""Organismes that families miss."""

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from backoffice.base.edits import Edit
from backoffice.base.model_admin import BaseAdmin
from partners.models import Suggestion


@admin.register(Suggestion)
class SuggestionAdmin(BaseAdmin):
    """What families miss in the directory. They write; agents answer, and tick what is done."""

    list_display = ["name", "commune", "activity", "contact", "created_at", "handled"]
    list_select_related = ["commune"]
    list_filter = ["handled", "commune"]
    search_fields = ["name", "activity"]
    readonly_fields = ["name", "commune", "activity", "contact", "created_at"]
    actions = ["mark_as_handled"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description="Marquer comme traités")
    def mark_as_handled(self, request: HttpRequest, queryset: QuerySet[Suggestion]) -> None:
        found = list(queryset.filter(handled=False))
        with transaction.atomic():
            queryset.update(handled=True)
            for suggestion in found:
                self.log_change(request, suggestion, Edit([("Traitée", "non", "oui")]))
        handled = len(found)
        self.message_user(request, f"Traités\N{NO-BREAK SPACE}: {handled}.")
