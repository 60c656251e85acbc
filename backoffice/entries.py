"""The ledger, looked at."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from backoffice.base.period_filter import PeriodFilter
from backoffice.base.read_only import ReadOnlyAdmin
from backoffice.exports.lists import ExportAdmin
from backoffice.family.address import family_link
from core.money import euros
from tickets import list_search
from wallets.models import Entry


class EntryPeriod(PeriodFilter):
    title = "date"
    field = "created_at"
    name = "date"


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin, ExportAdmin):
    list_display = ["created_at", "beneficiary", "wallet", "nature", "label", "in_euros", "author"]
    list_select_related = ["wallet__beneficiary", "actor"]
    summed = "amount"
    list_filter = ["nature", EntryPeriod, "wallet__kind", "wallet__campaign"]
    export_name = "mouvements"
    export_related = ("wallet__campaign", "wallet__beneficiary", "actor")
    columns = {
        "Date": lambda entry: entry.created_at,
        "Bénéficiaire": lambda entry: entry.wallet.beneficiary.full_name,
        "Numéro d’élève": lambda entry: entry.wallet.beneficiary.pupil_number,
        "Campagne": lambda entry: entry.wallet.campaign.name,
        "Porte-monnaie": lambda entry: entry.wallet.get_kind_display(),
        "Nature": lambda entry: entry.get_nature_display(),
        "Libellé": lambda entry: entry.label,
        "Montant": lambda entry: entry.amount,
        "Auteur": lambda entry: entry.author,
    }
    # For the box: a child, by name or number.
    search_fields = ["pk"]
    ordering = ["-pk"]

    # What an entry's own page shows too: never the account itself.
    fields = readonly_fields = (
        *("created_at", "beneficiary", "wallet", "nature", "label", "in_euros", "reverses", "author"),
    )

    @admin.display(description="montant", ordering="amount")
    def in_euros(self, entry: Entry) -> str:
        return euros(entry.amount)

    @admin.display(description="bénéficiaire")
    def beneficiary(self, entry: Entry) -> SafeString:
        return family_link(entry.wallet.beneficiary)

    @admin.display(description="auteur", empty_value="–")
    def author(self, entry: Entry) -> str:
        return entry.author

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str
    ) -> tuple[QuerySet[Entry], bool]:
        if not search_term:
            return queryset, False
        self.record_search(request, search_term)
        return queryset.filter(wallet__beneficiary__in=list_search.children(search_term)), False
