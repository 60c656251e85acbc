"""The forms of the acts on batches and payments."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.forms import CodeField, DayField, LineField
from payments import approving
from payments.models import Batch, BatchState
from wallets.forms import AmountField

from .correction_form import WayForm
from .forms import PlainForm, ReasonForm

LAST4 = "last4_"


class ApproveForm(PlainForm):
    total = AmountField(label="Total du lot, en euros", digits=9)
    count = forms.IntegerField(label="Nombre de paiements", min_value=0)
    code = CodeField(
        label="Code de votre téléphone",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, subject: Batch, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        for payment in approving.first_on_account(subject.pk):
            self.fields[f"{LAST4}{payment.pk}"] = LineField(
                label=f"{payment.legal_name}, quatre derniers chiffres du compte", max_length=4
            )

    @property
    def last4(self) -> dict[int, str]:
        """By payment."""
        return {
            int(name.removeprefix(LAST4)): typed
            for name, typed in self.cleaned_data.items()
            if name.startswith(LAST4)
        }

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "last4": self.last4}


class ShownForm(ReasonForm):
    """Of a batch, in the state that the page shows."""

    shown = forms.ChoiceField(choices=BatchState, widget=forms.HiddenInput)

    def __init__(self, *args: Any, subject: Batch, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, initial={"shown": subject.state}, **kwargs)


def _past(day: dt.date) -> dt.date:
    if day > timezone.localdate():
        raise ValidationError("Ce jour n’est pas encore venu.")
    return day


class ToldForm(forms.Form):
    """When, and by which papers of the finance service."""

    on = DayField(label="Date")
    mandat = LineField(label="Mandat", max_length=35, required=False)
    bordereau = LineField(label="Bordereau", max_length=35, required=False)

    def clean_on(self) -> dt.date:
        return _past(self.cleaned_data["on"])


class PaidForm(ToldForm, PlainForm):
    pass


class RefusedForm(ToldForm, ReasonForm):
    """Its reason is the bank's: the organisme reads it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "Tel que la banque le dit\N{NO-BREAK SPACE}: l’organisme le lit."


class AllPaidForm(PaidForm):
    count = forms.IntegerField(label="Pour confirmer, le nombre de paiements sans issue connue", min_value=1)

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count != approving.awaited(self.subject.pk):
            raise ValidationError("Ce n’est pas ce nombre.")
        return count


class DueForm(WayForm):
    MORE, LESS = "more", "less"

    way = forms.ChoiceField(
        label="Sens",
        widget=forms.RadioSelect,
        choices=[(MORE, "Lui devoir davantage"), (LESS, "Lui devoir moins")],
    )
