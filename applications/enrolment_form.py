"""The form by which a guardian says which child is to be enrolled, with its papers."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from accounts.births import check_birth_year
from accounts.names import validate_person_name
from accounts.person_fields import BirthYearField, NamesMixin, PersonNameField
from core.forms import NameField
from core.money import NBSP
from partners.models import Commune

from .school_form import PlaceForm

NOT_OURS = (
    f"Ce service est pour qui vit dans le département, ou y va au collège{NBSP}: choisissez au moins l’un "
    "des deux dans nos listes."
)


def _communes() -> Iterator[tuple[str, str]]:
    yield "", "Une autre commune"
    yield from Commune.objects.order_by("name").values_list("insee_code", "name")


class RenewalForm(PlaceForm):
    """Where a child goes to school this year, and where it lives."""

    insee_code = forms.ChoiceField(label="Commune où il habite", choices=_communes, required=False)
    other_commune = NameField(label="Nom et code postal de l’autre commune", max_length=80, required=False)

    field_order: Iterable[str] = (
        "school",
        "other_school",
        "grade",
        "insee_code",
        "other_commune",
        "papers",
        "key",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self.choose_one("insee_code", "other_commune", "Choisissez sa commune, ou écrivez son nom dessous.")
        if not self.errors and said["other_school"] and said["other_commune"]:
            self.add_error("school", NOT_OURS)
        return said


class EnrolmentForm(NamesMixin, RenewalForm):
    """Whether the child is known already is not looked for: the page tells the same to all."""

    first_name = PersonNameField(
        label="Prénom", max_length=60, required=False, validators=[validate_person_name]
    )
    last_name = PersonNameField(label="Nom", max_length=60, required=False, validators=[validate_person_name])
    birth_year = BirthYearField(
        label="Année de naissance",
        help_text="Par exemple 2014.",
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"required": "Saisissez son année de naissance."},
    )

    field_order = (
        *("first_name", "last_name", "birth_year", "grade", "school", "other_school"),
        *("insee_code", "other_commune", "papers", "key"),
    )

    def clean_birth_year(self) -> int:
        year: int = self.cleaned_data["birth_year"]
        check_birth_year(year)
        return year
