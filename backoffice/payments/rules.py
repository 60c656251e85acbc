"""What staff may set of payments, and who pays."""

from django.contrib import admin

from payments.models import Payer, Rules

from .one_row import OneRowAdmin


@admin.register(Rules)
class RulesAdmin(OneRowAdmin):
    pass


@admin.register(Payer)
class PayerAdmin(OneRowAdmin):
    """The account that the transfers are taken from: who changes it says why."""

    needs_reason = ("iban", "bic")
