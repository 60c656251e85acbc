"""Campaigns are set here; money is only looked at."""

from typing import Any

from django.contrib import admin

from .models import Campaign, Entry, Wallet


class ReadOnlyAdmin(admin.ModelAdmin):
    """What only the services may write."""

    show_full_result_count = False

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        return False

    def has_delete_permission(self, *args: Any) -> bool:
        return False


@admin.register(Campaign)
class CampaignAdmin(admin.ModelAdmin):
    list_display = ["name", "opens_on", "last_ticket_on", "last_cancellation_on", "last_validation_on"]


@admin.register(Wallet)
class WalletAdmin(ReadOnlyAdmin):
    list_display = ["beneficiary", "kind", "campaign", "balance"]
    list_select_related = ["beneficiary", "campaign"]
    list_filter = ["kind", "campaign"]
    search_fields = ["beneficiary__last_name", "beneficiary__first_name", "beneficiary__pupil_number"]


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "beneficiary", "wallet", "label", "amount", "actor"]
    list_select_related = ["wallet__beneficiary", "actor"]
    search_fields = ["wallet__beneficiary__last_name", "wallet__beneficiary__pupil_number"]
    ordering = ["-pk"]

    @admin.display(description="bénéficiaire")
    def beneficiary(self, entry: Entry) -> str:
        return entry.wallet.beneficiary.full_name
