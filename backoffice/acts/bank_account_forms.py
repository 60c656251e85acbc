"""The forms of the acts on a bank account."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from core.forms import DayField, LineField
from payments.bank_accounts import elsewhere, ibans, numbers
from payments.models import BankAccount

from .forms import ReasonForm


class SharingForm(ReasonForm):
    """Asks why, where another organisme has the same account."""

    sharing_reason = LineField(label="Pourquoi deux organismes ont ce compte", max_length=200)

    def __init__(self, *args: Any, subject: BankAccount, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        if subject.sharing_reason or not elsewhere.same(subject).exists():
            del self.fields["sharing_reason"]


class CallForm(SharingForm):
    number = forms.ChoiceField(label="Numéro rappelé", widget=forms.RadioSelect)
    person = LineField(label="Personne jointe", max_length=120)
    day = DayField(label="Jour de l’appel", initial=timezone.localdate)
    hour = forms.TimeField(label="Heure de l’appel", widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    foreign_reason = LineField(label="Pourquoi un compte hors de France", max_length=200)

    def __init__(self, *args: Any, subject: BankAccount, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.fields["number"].choices = list(numbers.on_file(subject).items())  # type: ignore[attr-defined]
        if subject.country in ibans.AT_HOME:
            del self.fields["foreign_reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "day" in cleaned and "hour" in cleaned:
            cleaned["at"] = timezone.make_aware(dt.datetime.combine(cleaned["day"], cleaned["hour"]))
        return cleaned
