"""The codes of the finance software, which the files of batches echo."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from backoffice.base.model_admin import BaseAdmin
from payments.models import AccountingCodes, PartnerAccounting


@admin.register(AccountingCodes)
class AccountingCodesAdmin(BaseAdmin):
    """One of each wallet, made by a migration."""

    list_display = ("kind", "nature", "fonction", "service", "engagement")
    readonly_fields = ("kind",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(PartnerAccounting)
class PartnerAccountingAdmin(BaseAdmin):
    list_display = ("partner", "tiers_code", "convention", "engagement")
    list_select_related = ("partner",)
    search_fields = ("partner__name", "partner__siret", "tiers_code", "convention")
    autocomplete_fields = ("partner",)
    ordering = ("partner__name", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may change them gives an organisme its first ones."""
        return self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
