"""The form by which an agent accepts that the sheet of an organisme changes."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from applications.models import Application
from core.formats import jour
from core.forms import DayField

from .forms import PlainForm


class ChangeSheetForm(PlainForm):
    """Until when is asked where its affiliation goes on: a year more, if nothing else is said."""

    def __init__(self, *args: Any, subject: Application, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        asked, partner = getattr(subject, "new_sheet", None), subject.partner
        self._last_day = partner.affiliated_until if partner else None
        if asked and asked.renews and self._last_day:
            self.fields["affiliated_until"] = DayField(
                label="Affilié jusqu’au", initial=_a_year_later(self._last_day)
            )

    def clean_affiliated_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["affiliated_until"]
        last_day = max(self._last_day or until, timezone.localdate())
        if until <= last_day:
            raise ValidationError(f"Donnez un jour après le {jour(last_day)}.")
        return until


def _a_year_later(day: dt.date) -> dt.date:
    """Of 29 February, 28 February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)
