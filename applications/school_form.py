"""The form by which a guardian says to which collège a child goes, with the paper that says so."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Beneficiary, Grade, School, User
from core.forms import DayField, NameField
from core.money import NBSP

from .forms import PapersForm

# A change is told of some weeks before, or some months after.
BEFORE, AFTER = dt.timedelta(days=366), dt.timedelta(days=92)


class PlaceForm(PapersForm):
    """The columns of `Place`."""

    grade = forms.ChoiceField(
        label="Classe",
        choices=[("", "Choisissez"), *Grade.choices],
        error_messages={"required": "Choisissez sa classe."},
    )
    school = forms.ModelChoiceField(
        label="Collège",
        queryset=School.objects.order_by("name", "uai"),
        required=False,
        empty_label="Un autre collège",
    )
    other_school = NameField(label="Nom et ville de l’autre collège", max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.choose_one("school", "other_school", "Choisissez son collège, ou écrivez son nom dessous.")
        return said

    def choose_one(self, listed: str, other: str, sentence: str) -> None:
        """What is chosen from the list counts, whatever else was typed."""
        if self.cleaned_data.get(listed):
            self.cleaned_data[other] = ""
        elif not self.cleaned_data.get(other):
            self.add_error(listed, sentence)


class SchoolForm(PlaceForm):
    since = DayField(
        label="Depuis le",
        help_text="Par exemple 03/11/2026. Un jour à venir convient aussi.",
        widget=forms.DateInput({"autocomplete": "off"}),
        error_messages={"required": "Saisissez le jour de la rentrée dans ce collège."},
    )

    field_order = ("school", "other_school", "grade", "since", "papers", "key")

    def __init__(self, *args: Any, child: Beneficiary, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child

    def clean_since(self) -> dt.date:
        since: dt.date = self.cleaned_data["since"]
        today = timezone.localdate()
        if not today - BEFORE <= since <= today + AFTER:
            raise ValidationError(
                f"Relisez ce jour{NBSP}: il y a un an au plus, ou dans les trois mois à venir."
            )
        return since

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        school = said.get("school")
        if school and (school.pk, said.get("grade")) == (self.child.school_id, self.child.grade):
            self.add_error("school", f"C’est déjà son collège et sa classe{NBSP}: il n’y a rien à changer.")
        return said
