"""Campaigns are set here; money is only looked at, and corrected with a reason."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from backoffice.acts.pages import ActsAdmin
from backoffice.base.period_filter import PeriodFilter
from backoffice.base.read_only import ReadOnly, ReadOnlyAdmin
from backoffice.exports.lists import ExportAdmin
from backoffice.family.address import family_page
from backoffice.forms.campaigns import CampaignForm
from core.money import euros
from wallets.models import Campaign, Entry, Wallet

from .acts import campaigns, proposals, wallets


@admin.register(Campaign)
class CampaignAdmin(ActsAdmin):
    form = CampaignForm
    list_display = ["name", "opens_on", "last_ticket_on", "last_cancellation_on", "last_validation_on"]
    fieldsets = [
        (None, {"fields": ["name"]}),
        ("Dates", {"fields": ["opens_on", "last_ticket_on", "last_cancellation_on", "last_validation_on"]}),
        (
            "Dotations, en euros",
            {"fields": ["larger_share", "smaller_share", "supplement", "correction_ceiling"]},
        ),
        (
            "Tickets, en euros",
            {"fields": ["ticket_minimum", "ticket_step", "series_amount", "late_cancellation"]},
        ),
    ]
    acts = campaigns.ACTS

    def get_fieldsets(self, request: HttpRequest, obj: Campaign | None = None) -> Any:
        """To be confirmed is only asked for once something was sent."""
        asked = [("À confirmer", {"fields": ["confirmed", "reason"]})] if request.method == "POST" else []
        return [*super().get_fieldsets(request, obj), *asked]

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: Any = None
    ) -> Any:
        """Why is told beside what changed; that it was confirmed goes without saying."""
        reason, _ = (form.cleaned_data.pop(name) for name in ("reason", "confirmed"))
        return replace(super().construct_change_message(request, form, formsets, add), reason=reason)

    def has_delete_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        """One that has given nothing to nobody."""
        may = request.user.has_perm("wallets.run_campaign")
        return may and obj is not None and not obj.wallets.exists()

    def delete_model(self, request: HttpRequest, obj: Campaign) -> None:
        proposals.forget_about(obj)
        super().delete_model(request, obj)


class EntryInline(ReadOnly, admin.TabularInline):
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
    fields = readonly_fields = ("beneficiary", "campaign", "kind", "in_euros")
    inlines = [EntryInline]
    search_fields = ["beneficiary__last_name", "beneficiary__first_name", "beneficiary__pupil_number"]
    acts = wallets.ACTS

    def page_of(self, row: Wallet) -> str:
        return family_page(row.beneficiary_id)

    @admin.display(description="solde", ordering="balance")
    def in_euros(self, wallet: Wallet) -> str:
        return euros(wallet.balance)


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
    search_fields = ["wallet__beneficiary__last_name", "wallet__beneficiary__pupil_number"]
    ordering = ["-pk"]

    # What an entry's own page shows too: never the account itself.
    fields = readonly_fields = (
        *("created_at", "beneficiary", "wallet", "nature", "label", "in_euros", "reverses", "author"),
    )

    @admin.display(description="montant", ordering="amount")
    def in_euros(self, entry: Entry) -> str:
        return euros(entry.amount)

    @admin.display(description="bénéficiaire")
    def beneficiary(self, entry: Entry) -> str:
        return entry.wallet.beneficiary.full_name

    @admin.display(description="auteur", empty_value="–")
    def author(self, entry: Entry) -> str:
        return entry.author
