"""Tickets are looked at here, and found by what the hotline is told."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from wallets.admin import ReadOnlyAdmin

from . import codes
from .models import Ticket


@admin.register(Ticket)
class TicketAdmin(ReadOnlyAdmin):
    list_display = ["number", "beneficiary", "wallet", "partner", "amount", "state", "created_at"]
    list_select_related = ["wallet__beneficiary", "offer__partner"]
    list_filter = ["state", "wallet__kind", "wallet__campaign"]
    search_fields = ["=number", "wallet__beneficiary__last_name"]
    search_help_text = "Numéro, code (sous toutes ses écritures) ou nom de l’enfant."
    ordering = ["-number"]
    exclude = ["code"]

    @admin.display(description="bénéficiaire")
    def beneficiary(self, ticket: Ticket) -> str:
        return ticket.wallet.beneficiary.full_name

    @admin.display(description="organisme")
    def partner(self, ticket: Ticket) -> str:
        return ticket.offer.partner.name if ticket.offer else "–"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Ticket], search_term: str
    ) -> tuple[QuerySet[Ticket], bool]:
        try:
            return queryset.filter(code=codes.read_code(search_term)), False
        except codes.NotACode:
            return super().get_search_results(request, queryset, search_term)
