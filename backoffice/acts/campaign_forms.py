"""The forms of the acts on a campaign."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from wallets.exceptions import CeilingNotRaised
from wallets.forms import AmountField

from .forms import ReasonForm, TypedForm


class OpeningForm(TypedForm):
    """Before its day, a campaign opens only for who says so."""

    too_early = forms.BooleanField(label="Ouvrir avant le jour prévu, pour les enfants inscrits aujourd’hui")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if timezone.localdate() >= self.subject.opens_on:
            del self.fields["too_early"]


class CeilingForm(ReasonForm):
    ceiling = AmountField(label="Nouveau plafond, en euros")

    def clean_ceiling(self) -> Decimal:
        ceiling: Decimal = self.cleaned_data["ceiling"]
        if ceiling <= self.subject.correction_ceiling:
            raise ValidationError(CeilingNotRaised.sentence)
        return ceiling
