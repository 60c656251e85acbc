"""A child typed by an agent: where it lives, when it is born, and whom it is like, before it is made."""

from typing import Any

from django import forms

from accounts.births import check_birth_year
from accounts.models import Beneficiary
from accounts.person_fields import BirthYearField, NamesMixin, PersonNameField
from core.forms import typed_formfield
from partners.communes import read_insee_code

from .like_children import called, like


class ChildForm(NamesMixin, forms.ModelForm):
    """What a form does not change stays as it is, however old."""

    class Meta:
        model = Beneficiary
        fields = [
            *("pupil_number", "first_name", "last_name", "birth_year"),
            *("school", "grade", "insee_code", "is_enrolled"),
        ]
        formfield_callback = typed_formfield
        field_classes = {
            "first_name": PersonNameField,
            "last_name": PersonNameField,
            "birth_year": BirthYearField,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who only looks at a child is shown no fields.
        if first_name := self.fields.get("first_name"):
            first_name.required = False

    def clean_insee_code(self) -> str:
        """One of the département's communes, or of another département's."""
        code: str = self.cleaned_data["insee_code"].upper()
        if "insee_code" not in self.changed_data:
            return code
        return read_insee_code(code)

    def clean_birth_year(self) -> int:
        year: int = self.cleaned_data["birth_year"]
        if "birth_year" in self.changed_data:
            check_birth_year(year)
        return year


class AddChildForm(ChildForm):
    """Whom the new child is like is shown before it is saved, and an agent says that it is another one."""

    looked = forms.BooleanField(
        label="C’est un autre enfant", required=False, widget=forms.HiddenInput, label_suffix=""
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
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
