"""The form by which an agent says which columns are which."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.admin.helpers import AdminForm

from backoffice.acts.forms import Fieldsets, in_fieldsets
from core.spreadsheet_files.headings import Titles

from .candidates import Candidate, likely
from .kept import Columns

REQUIRED = "Cette colonne est obligatoire. Reliez-la à une colonne du fichier."


class MappingForm(forms.Form):
    """One choice for each of our columns: what is likely is chosen, and nothing is done before it is sent.

    The titles that are kept are those of a candidate, of which none is a line about a person.
    """

    # Which line the choices are of.
    titles = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, candidate: Candidate, ours: Titles) -> None:
        super().__init__(data)
        self._candidate, self._ours = candidate, ours
        self.initial["titles"] = candidate.key
        mapped = ours.kept.get(candidate.shape)
        chosen = mapped.places if mapped else likely(candidate, ours)
        places = [(str(place), label) for place, label in candidate.columns()]
        self._names = {column: f"column_{number}" for number, column in enumerate(ours.columns)}
        for column, name in self._names.items():
            self.fields[name] = forms.ChoiceField(
                label=column,
                choices=[("", "Aucune"), *places],
                required=column in ours.required,
                initial=str(chosen.get(column, "")),
                error_messages={"required": REQUIRED},
            )

    def clean_titles(self) -> str:
        key: str = self.cleaned_data["titles"]
        if key != self._candidate.key:
            raise forms.ValidationError("Choisissez la ligne des titres.")
        return key

    def clean(self) -> None:
        taken: dict[str, str] = {}
        for column, name in self._names.items():
            place = self.cleaned_data.get(name, "")
            if place in taken:
                self.add_error(name, f"Cette colonne du fichier est déjà reliée à {taken[place]}.")
            elif place:
                taken[place] = column

    def related(self) -> Columns:
        return {
            column: (place := int(chosen), self._candidate.titles[place])
            for column, name in self._names.items()
            if (chosen := self.cleaned_data[name])
        }

    def drawn(self) -> AdminForm:
        """What must be there first."""
        fieldsets: Fieldsets = [
            ("Colonnes obligatoires", {"fields": [*self._named(is_required=True)]}),
            ("Colonnes facultatives", {"fields": [*self._named(is_required=False)]}),
        ]
        return in_fieldsets(self, fieldsets)

    def _named(self, *, is_required: bool) -> Iterator[str]:
        for column, name in self._names.items():
            if (column in self._ours.required) == is_required:
                yield name
