"""The forms of corrections, of a wallet and of others."""

import uuid
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from wallets.forms import AmountField

from .forms import ReasonForm


class WayForm(ReasonForm):
    """An amount in euros, one way or the other: each says which, by `way`. Sent twice, it is one."""

    field_order = ("way",)

    amount = AmountField(label="Montant, en euros")
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount <= 0:
            raise ValidationError("Saisissez un montant plus grand que zéro.")
        return amount


class CorrectionForm(WayForm):
    CREDIT, DEBIT = "credit", "debit"

    way = forms.ChoiceField(
        label="Sens",
        widget=forms.RadioSelect,
        choices=[(CREDIT, "Créditer le porte-monnaie"), (DEBIT, "Débiter le porte-monnaie")],
    )
