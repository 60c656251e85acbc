"""The form by which an organisme says what it is, and what it does."""

from typing import Any

from django import forms

from core.forms import LineField, NameField
from partners.official_numbers import LONGEST_TYPED, check_rna, compact

from .models import Candidacy, LegalForm
from .sheet_fields import SheetFields

# What else it does is written in words, and added by an agent or on its own page.
MOST_OFFERS = 4


class CandidacyForm(SheetFields):
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
    capacity = NameField(
        label="Votre fonction dans l’organisme",
        max_length=80,
        help_text="Par exemple présidente, trésorier ou directrice.",
        error_messages={"required": "Écrivez votre fonction dans l’organisme."},
    )

    field_order = ("name", "legal_form", "rna")

    def __init__(self, data: Any = None, *, candidacy: Candidacy) -> None:
        known = {name: getattr(candidacy, name) for name in self.base_fields}
        super().__init__(data, initial=known)
        self.add_offers(MOST_OFFERS, [*candidacy.offers.select_related("activity")])

    def clean_rna(self) -> str:
        number = compact(self.cleaned_data["rna"] or "")
        if number:
            check_rna(number)
        return number

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        has_one = self.offers or said.get("other_activities") or "other_activities" in self.errors
        if not has_one and not any(activity.errors for activity, _ in self.offer_fields()):
            self.add_error("activity_1", "Choisissez au moins une activité, ou écrivez-la en dessous.")
        return said

    @property
    def said(self) -> dict[str, Any]:
        """The columns of `Candidacy`."""
        return {name: self.cleaned_data[name] for name in self.base_fields}
