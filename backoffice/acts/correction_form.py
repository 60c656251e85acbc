"""The form of a correction."""

import uuid
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from wallets.forms import AmountField

from .forms import ReasonForm


class CorrectionForm(ReasonForm):
    CREDIT, DEBIT = "credit", "debit"

    way = forms.ChoiceField(
        label="Sens",
        widget=forms.RadioSelect,
        choices=[(CREDIT, "Créditer le porte-monnaie"), (DEBIT, "Débiter le porte-monnaie")],
    )
    amount = AmountField(label="Montant, en euros")
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount <= 0:
            raise ValidationError("Saisissez un montant plus grand que zéro.")
        return amount
