"""The form by which an organisme says what it is, and what it does."""

from collections.abc import Iterator
from typing import Any

from django import forms

from core.forms import (
    EmailField,
    FrenchPostcodeField,
    LineField,
    NameField,
    TelephoneField,
    URLField,
)
from core.money import NBSP
from partners.models import Activity, Commune
from partners.official_numbers import LONGEST_TYPED, check_rna, compact
from wallets.models import Kind

from .models import Candidacy, LegalForm

# What else it does is written in words, and added by an agent or on its own page.
MOST_OFFERS = 4


class CandidacyForm(forms.Form):
    name = NameField(
        label="Nom, comme les familles le connaissent",
        max_length=120,
        error_messages={"required": "Écrivez le nom de votre organisme."},
    )
    legal_form = forms.ChoiceField(
        label="Vous êtes",
        choices=[("", "Choisissez"), *LegalForm.choices],
        error_messages={"required": "Choisissez ce qu’est votre organisme."},
    )
    rna = LineField(
        label="Numéro RNA",
        max_length=LONGEST_TYPED,
        required=False,
        help_text="D’une association, si vous l’avez, comme W922001234.",
    )
    address = NameField(
        label="Adresse (numéro et rue)",
        max_length=160,
        help_text="Celle où vont les jeunes.",
        error_messages={"required": "Écrivez l’adresse où vont les jeunes."},
    )
    postcode = FrenchPostcodeField(
        label="Code postal", max_length=10, error_messages={"required": "Écrivez le code postal."}
    )
    commune = forms.ModelChoiceField(
        label="Commune",
        queryset=Commune.objects.order_by("name"),
        empty_label="Choisissez la commune",
        error_messages={"required": "Choisissez la commune."},
    )
    phone = TelephoneField(label="Téléphone, montré aux familles", max_length=30, required=False)
    email = EmailField(label="Adresse e-mail, montrée aux familles", max_length=254, required=False)
    website = URLField(label="Site", required=False, max_length=200, assume_scheme="https")
    other_activities = LineField(
        label="Une activité qui n’est pas dans la liste", max_length=200, required=False
    )
    capacity = NameField(
        label="Votre fonction dans l’organisme",
        max_length=80,
        help_text="Par exemple présidente, trésorier ou directrice.",
        error_messages={"required": "Écrivez votre fonction dans l’organisme."},
    )

    def __init__(self, data: Any = None, *, candidacy: Candidacy) -> None:
        asked = list(candidacy.offers.select_related("activity"))
        known = {name: getattr(candidacy, name) for name in self.base_fields}
        super().__init__(data, initial=known)
        for number in range(1, MOST_OFFERS + 1):
            self._add_offer(number, asked[number - 1] if number <= len(asked) else None)

    def _add_offer(self, number: int, asked: Any) -> None:
        self.fields[f"activity_{number}"] = forms.ModelChoiceField(
            label=f"Activité {number}",
            queryset=Activity.objects.order_by("name"),
            required=False,
            empty_label="Choisissez",
            initial=asked.activity_id if asked else None,
        )
        self.fields[f"kind_{number}"] = forms.ChoiceField(
            label=f"Porte-monnaie de l’activité {number}",
            choices=[("", "Choisissez"), *Kind.choices],
            required=False,
            initial=asked.kind if asked else "",
        )

    def offer_fields(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for number in range(1, MOST_OFFERS + 1):
            yield self[f"activity_{number}"], self[f"kind_{number}"]

    def clean_rna(self) -> str:
        number = compact(self.cleaned_data["rna"] or "")
        if number:
            check_rna(number)
        return number

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for number in range(1, MOST_OFFERS + 1):
            activity, kind = f"activity_{number}", f"kind_{number}"
            if said.get(activity) and not said.get(kind):
                self.add_error(kind, f"Choisissez lequel paie{NBSP}: Sport ou Culture.")
            elif said.get(kind) and not said.get(activity) and activity not in self.errors:
                self.add_error(activity, "Choisissez l’activité.")
        has_one = self.offers or said.get("other_activities") or "other_activities" in self.errors
        if not has_one and not any(f"activity_{it}" in self.errors for it in range(1, MOST_OFFERS + 1)):
            self.add_error("activity_1", "Choisissez au moins une activité, ou écrivez-la en dessous.")
        return said

    @property
    def said(self) -> dict[str, Any]:
        """The columns of `Candidacy`."""
        return {name: self.cleaned_data[name] for name in self.base_fields}

    @property
    def offers(self) -> list[tuple[int, str]]:
        pairs = (
            (self.cleaned_data.get(f"activity_{number}"), self.cleaned_data.get(f"kind_{number}"))
            for number in range(1, MOST_OFFERS + 1)
        )
        return [(activity.pk, kind) for activity, kind in pairs if activity and kind]
