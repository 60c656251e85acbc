"""What staff may set of payments, and who pays."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from backoffice.base.one_row import OneRowAdmin
from payments.models import Payer, Rules

from .payer_form import PayerForm


@admin.register(Rules)
class RulesAdmin(OneRowAdmin):
    pass


@admin.register(Payer)
class PayerAdmin(OneRowAdmin):
    """The account that the transfers are taken from: who changes it says why. Nobody reads it whole."""

    form = PayerForm
    needs_reason = ("iban", "bic")
    readonly_fields = ("account",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        typed = ["iban"] if self.has_change_permission(request, obj) else []
        return [*("name", "siret", "deliberation", "naming", "vat", "account"), *typed, "bic", "working_days"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        self.save_changes(obj, form, "sealed_iban", "bic")

    @admin.display(description="compte à débiter")
    def account(self, payer: Payer) -> str:
        return payer.masked
