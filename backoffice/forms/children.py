"""A child typed by an agent: where it lives, when it is born, and whom it is like, before it is made."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.identity import LONGEST_NUMBER, folded
from accounts.models import AGES, Beneficiary
from core.forms import typed_formfield
from partners.models import Commune

# Of the mainland's départements, of Corse, and of those overseas.
INSEE = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-5]|2[AB])(?!000)\d{3}|9[78]\d\d\d")


class ChildForm(forms.ModelForm):
    """What a form does not change stays as it is, however old."""

    class Meta:
        model = Beneficiary
        fields = [
            *("pupil_number", "first_name", "last_name", "birth_year"),
            *("school", "grade", "insee_code", "is_enrolled"),
        ]
        formfield_callback = typed_formfield

    def clean_insee_code(self) -> str:
        """One of the département's communes, or of another département's."""
        code: str = self.cleaned_data["insee_code"].upper()
        if "insee_code" not in self.changed_data:
            return code
        here = {*Commune.objects.values_list("insee_code", flat=True)}
        is_ours = code[:2] in {known[:2] for known in here}
        if not INSEE.fullmatch(code) or (is_ours and code not in here):
            raise ValidationError(
                f"{code} n’est le code INSEE d’aucune commune{' du département' if is_ours else ''}. "
                "Ce n’est pas le code postal."
            )
        return code

    def clean_birth_year(self) -> int:
        year: int = self.cleaned_data["birth_year"]
        if "birth_year" in self.changed_data and timezone.localdate().year - year not in AGES:
            raise ValidationError(f"Un collégien n’est pas né en {year}.")
        return year


class AddChildForm(ChildForm):
    """Whom the new child is like is shown before it is saved, and an agent says that it is another one."""

    looked = forms.BooleanField(
        label="C’est un autre enfant", required=False, widget=forms.HiddenInput, label_suffix=""
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if {"pupil_number", "first_name", "last_name", "birth_year", "school"} <= said.keys():
            alike = [_called(child) for child in _like(said)]
            if alike:
                self.fields["looked"].widget = forms.CheckboxInput()
            if alike and not said.get("looked"):
                self.add_error(
                    "looked",
                    f"Rien n’est enregistré\N{NO-BREAK SPACE}: cet enfant ressemble à {', à '.join(alike)}. "
                    "Regardez d’abord sa fiche\N{NO-BREAK SPACE}; si c’est un autre, cochez et enregistrez.",
                )
        return said


def _like(said: dict[str, Any]) -> list[Beneficiary]:
    """Of the same number but for zeros; or of the same name, even swapped, and year."""
    number = said["pupil_number"].lstrip("0")
    zeros = range(LONGEST_NUMBER - len(number) + 1)
    numbers = {"0" * count + number for count in zeros} - {said["pupil_number"]}
    first, last = said["first_name"], said["last_name"]
    name = folded(first, last)
    by_name = [
        child for child in _near(said, first, last) if {*folded(child.first_name, child.last_name)} == {*name}
    ]
    by_number = Beneficiary.objects.filter(pupil_number__in=numbers)
    return [*by_number.select_related("school"), *by_name][:5]


def _near(said: dict[str, Any], first: str, last: str) -> QuerySet[Beneficiary]:
    """Those of the collège, whatever the accents; elsewhere, those who are written the same."""
    same = Q(first_name__iexact=first, last_name__iexact=last) | Q(
        first_name__iexact=last, last_name__iexact=first
    )
    near = Beneficiary.objects.filter(Q(school=said["school"]) | same, birth_year=said["birth_year"])
    return near.exclude(pupil_number=said["pupil_number"]).select_related("school").order_by("pk")


def _called(child: Beneficiary) -> str:
    left = "" if child.is_enrolled else ", non inscrit"
    return f"{child} (numéro {child.pupil_number}, {child.school}{left})"
