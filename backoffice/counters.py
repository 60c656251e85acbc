"""What happens at the counters of organismes: uses that families do not recognise, tries that failed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from backoffice.base.read_only import ReadOnlyAdmin
from tickets.models import Dispute, FailedTry, Ticket


class Pending(admin.SimpleListFilter):
    title = "réponse"
    parameter_name = "reponse"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("attendue", "attendue"), ("donnee", "donnée")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Dispute]) -> QuerySet[Dispute]:
        asked = self.value()
        return queryset.filter(decided_at__isnull=asked == "attendue") if asked else queryset


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    """Decided on the page of the ticket."""

    list_display = ("ticket", "partner", "doubt", "created_at", "is_founded")
    list_display_links = None
    list_select_related = ("use__ticket", "use__offer__partner")
    list_filter = (Pending, "doubt")
    fields = readonly_fields = ("ticket", "partner", "doubt", "created_at", "decided_at", "is_founded")
    ordering = ("decided_at", "-created_at")

    @admin.display(description="ticket")
    def ticket(self, dispute: Dispute) -> str:
        ticket: Ticket = dispute.use.ticket
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:tickets_ticket_change", args=[ticket.pk]), ticket
        )

    @admin.display(description="organisme")
    def partner(self, dispute: Dispute) -> str:
        return str(dispute.use.offer.partner)


@admin.register(FailedTry)
class FailedTryAdmin(ReadOnlyAdmin):
    """Who tries many codes that are nobody's is seen here."""

    list_display = ("at", "partner", "actor", "why")
    list_display_links = None
    list_select_related = ("partner", "actor")
    list_filter = ("why",)
    fields = readonly_fields = list_display
    ordering = ("-at",)
