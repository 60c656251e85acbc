"""Wallets are looked at here, and corrected with a reason."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from backoffice.acts.pages import ActsAdmin
from backoffice.base.read_only import ReadOnly, ReadOnlyAdmin
from backoffice.base.rows import Rows
from backoffice.family.address import family_link, family_page
from core.money import euros
from tickets import list_search
from wallets.models import Entry, Wallet

from .acts import wallets


class EntryInline(ReadOnly, Rows):
    """What came in and what went out, the newest first."""

    model = Entry
    fields = readonly_fields = ("created_at", "nature", "label", "in_euros", "author")
    ordering = ["-pk"]

    @admin.display(description="montant", ordering="amount")
    def in_euros(self, entry: Entry) -> str:
        return euros(entry.amount)

    @admin.display(description="auteur", empty_value="–")
    def author(self, entry: Entry) -> str:
        return entry.author

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        return super().get_queryset(request).select_related("actor", "wallet__beneficiary")


@admin.register(Wallet)
class WalletAdmin(ReadOnlyAdmin, ActsAdmin):
    list_display = ["beneficiary", "kind", "campaign", "in_euros"]
    list_select_related = ["beneficiary", "campaign"]
    list_filter = ["kind", "campaign"]
    # The balance is one of them: a field that no form has is shown only where it is asked for.
    fields = readonly_fields = ("child", "campaign", "kind", "in_euros")
    inlines = [EntryInline]
    # For the box: a child, by name or number.
    search_fields = ["pk"]
    acts = wallets.ACTS

    def page_of(self, row: Wallet) -> str:
        return family_page(row.beneficiary_id)

    def heading(self, row: Wallet) -> str:
        return wallets.name(row)

    @admin.display(description="bénéficiaire")
    def child(self, wallet: Wallet) -> SafeString:
        return family_link(wallet.beneficiary)

    @admin.display(description="solde", ordering="balance")
    def in_euros(self, wallet: Wallet) -> str:
        return euros(wallet.balance)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Wallet], search_term: str
    ) -> tuple[QuerySet[Wallet], bool]:
        if not search_term:
            return queryset, False
        self.record_search(request, search_term)
        return queryset.filter(beneficiary__in=list_search.children(search_term)), False
