"""The directory in the admin."""

from typing import Any

from django.contrib import admin

from .models import Activity, Commune, Offer, Partner


@admin.register(Commune)
class CommuneAdmin(admin.ModelAdmin):
    list_display = ["name", "insee_code", "postcode"]
    search_fields = ["name", "insee_code", "postcode"]


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin):
    search_fields = ["name"]


class OfferInline(admin.TabularInline):
    model = Offer
    autocomplete_fields = ["activity"]
    extra = 0

    def has_change_permission(self, *args: Any) -> bool:
        """An offer is added or removed, never turned into another one: tickets were made for it."""
        return False


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):
    list_display = ["name", "commune", "affiliated_from", "affiliated_until"]
    list_select_related = ["commune"]
    list_filter = ["commune"]
    search_fields = ["name"]
    inlines = [OfferInline]
