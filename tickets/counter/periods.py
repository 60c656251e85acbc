"""The period of a list of uses."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from core.forms import DayField
from core.money import NBSP

from ..models import Use


class PeriodForm(forms.Form):
    """Both days included; without one, the list is open at that end."""

    du = DayField(
        label=f"Du{NBSP}:", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    au = DayField(
        label=f"Au{NBSP}:", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        days: dict[str, Any] = super().clean() or {}
        if days.get("du") and days.get("au") and days["du"] > days["au"]:
            self.add_error("au", "Le dernier jour est avant le premier.")
        return days

    def within(self, uses: QuerySet[Use]) -> QuerySet[Use]:
        """None at all of a period that is refused: a sum that is not that of the days would be believed."""
        if not self.is_valid():
            return uses.none()
        if first := self.cleaned_data["du"]:
            uses = uses.filter(used_at__gte=_midnight(first))
        if last := self.cleaned_data["au"]:
            uses = uses.filter(used_at__lt=_midnight(last + dt.timedelta(days=1)))
        return uses


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
