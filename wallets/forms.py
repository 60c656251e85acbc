"""The form field of an amount in euros."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import NumberField
from core.money import NotAnAmount, parse_euros


class AmountField(NumberField):
    """Euros as people write them: « 12,5 », « 12.50 », « 1 000 ». Gives a Decimal with two places.

    Only the writing is judged here; limits and balance are judged by the services.
    """

    # Shown beside it.
    unit = "€"
    default_error_messages = {"required": "Saisissez un montant, par exemple 12,50."}

    def __init__(self, *, digits: int = 6, **options: Any) -> None:
        self._digits = digits
        # No `type=number`: browsers refuse « 12,5 » or « 1 000 » there, each in its own way.
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> Decimal:
        try:
            return parse_euros(super().clean(value), digits=self._digits)
        except NotAnAmount as refusal:
            raise ValidationError(refusal.sentence, code="invalid") from refusal
