"""Tickets are looked at here, and found by what the hotline is told."""

from contextlib import suppress

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from backoffice.acts import disputes
from backoffice.acts.pages import ActsAdmin
from backoffice.acts.tickets import ACTS
from backoffice.base.read_only import ReadOnlyAdmin
from backoffice.exports.lists import ExportAdmin
from backoffice.facts import tickets as about
from backoffice.family.address import family_link, family_page
from core import codes
from core.money import euros
from tickets import list_search
from tickets.models import Ticket

from .ticket_filters import CreatedPeriod, ShownState, UsedPeriod


@admin.register(Ticket)
class TicketAdmin(ReadOnlyAdmin, ActsAdmin, ExportAdmin):
    list_display = ["number", "beneficiary", "wallet", "partner", "in_euros", "shown_state", "created_at"]
    list_select_related = ["wallet__beneficiary", "wallet__campaign", "offer__partner"]
    list_filter = [
        *(ShownState, CreatedPeriod, UsedPeriod),
        *("wallet__kind", "wallet__campaign", "offer__partner__commune"),
    ]
    summed = "amount"
    linked_by = ("offer__partner__id__exact",)
    # For the box; get_search_results says what is looked for.
    search_fields = ["number"]
    search_help_text = (
        "Numéro, code (sous toutes ses écritures), nom, prénom ou numéro d’élève de l’enfant, organisme."
    )
    ordering = ["-number"]
    # All that is ever shown: the code is not among them.
    fields = readonly_fields = (
        *("number", "beneficiary", "wallet", "campaign", "offer", "in_euros", "shown_state"),
        *("created_at", "made", "used_at", "used", "cancelled_at", "cancelled", "credit_lost", "last_day"),
    )
    export_name = "tickets"
    export_related = ("wallet__campaign", "wallet__beneficiary__school", "offer__partner", "offer__activity")
    columns = {
        "Numéro": lambda ticket: ticket.number,
        "Créé le": lambda ticket: ticket.created_at,
        "Bénéficiaire": lambda ticket: ticket.wallet.beneficiary.full_name,
        "Numéro d’élève": lambda ticket: ticket.wallet.beneficiary.pupil_number,
        "Collège": lambda ticket: ticket.wallet.beneficiary.school.name,
        "Campagne": lambda ticket: ticket.wallet.campaign.name,
        "Porte-monnaie": lambda ticket: ticket.wallet.get_kind_display(),
        "Organisme": lambda ticket: ticket.offer.partner.name if ticket.offer else "",
        "Activité": lambda ticket: ticket.offer.activity.name if ticket.offer else "",
        "Montant": lambda ticket: ticket.amount,
        "État": lambda ticket: ticket.current_state.label,
        "Utilisé le": lambda ticket: ticket.used_at,
        "Annulé le": lambda ticket: ticket.cancelled_at,
        "Crédit perdu": lambda ticket: ticket.credit_lost,
    }
    acts = (*ACTS, *disputes.ACTS)

    def page_of(self, row: Ticket) -> str:
        return family_page(row.wallet.beneficiary_id)

    def heading(self, row: Ticket) -> str:
        return about.name(row)

    @admin.display(description="bénéficiaire")
    def beneficiary(self, ticket: Ticket) -> SafeString:
        return family_link(ticket.wallet.beneficiary)

    @admin.display(description="campagne")
    def campaign(self, ticket: Ticket) -> str:
        return str(ticket.wallet.campaign)

    @admin.display(description="créé par")
    def made(self, ticket: Ticket) -> str:
        return ticket.wallet.beneficiary.who(ticket.order.actor)

    @admin.display(description="montant", ordering="amount")
    def in_euros(self, ticket: Ticket) -> str:
        return euros(ticket.amount)

    @admin.display(description="état", ordering="state")
    def shown_state(self, ticket: Ticket) -> str:
        return str(ticket.current_state.label)

    @admin.display(description="peut être utilisé jusqu’au")
    def last_day(self, ticket: Ticket) -> str:
        return f"{ticket.valid_until:%d/%m/%Y}"

    @admin.display(description="utilisé par", empty_value="–")
    def used(self, ticket: Ticket) -> str:
        return ticket.wallet.beneficiary.who(ticket.used_by)

    @admin.display(description="annulé par", empty_value="–")
    def cancelled(self, ticket: Ticket) -> str:
        return ticket.wallet.beneficiary.who(ticket.cancelled_by)

    @admin.display(description="organisme")
    def partner(self, ticket: Ticket) -> str:
        return ticket.offer.partner.name if ticket.offer else "–"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Ticket], search_term: str
    ) -> tuple[QuerySet[Ticket], bool]:
        if not search_term:
            return queryset, False
        self.record_search(request, search_term)
        with suppress(codes.NotACode):
            return queryset.filter(code=codes.read_code(search_term)), False
        return queryset.filter(pk__in=list_search.tickets(search_term)), False
