"""A child typed by an agent: where it lives, when it is born, and whom it is like, before it is made."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AGES, Beneficiary
from core.forms import typed_formfield
from partners.models import Commune

from .like_children import called, like

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
            alike = [called(child) for child in like(said)]
            if alike:
                self.fields["looked"].widget = forms.CheckboxInput()
            if alike and not said.get("looked"):
                self.add_error(
                    "looked",
                    f"Rien n’est enregistré\N{NO-BREAK SPACE}: cet enfant ressemble à {', à '.join(alike)}. "
                    "Regardez d’abord sa fiche\N{NO-BREAK SPACE}; si c’est un autre, cochez et enregistrez.",
                )
        return said
