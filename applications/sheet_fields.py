"""What the sheet of an organisme says of it, and what it does there: of who applies, or is affiliated."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from core.forms import EmailField, FrenchPostcodeField, LineField, NameField, TelephoneField, URLField
from core.money import NBSP
from partners.models import Activity, Commune
from wallets.models import Kind

from .models import AskedOffer


class SheetFields(forms.Form):
    name = NameField(
        label="Nom, comme les familles le connaissent",
        max_length=120,
        error_messages={"required": "Écrivez le nom de votre organisme."},
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

    def add_offers(self, most: int, asked: Sequence[AskedOffer] = ()) -> None:
        """Pairs of an activity and the wallet that is to pay for it."""
        self._most_offers = most
        for number in range(1, most + 1):
            self._add_offer(number, asked[number - 1] if number <= len(asked) else None)

    def _add_offer(self, number: int, asked: AskedOffer | None) -> None:
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
        for number in range(1, self._most_offers + 1):
            yield self[f"activity_{number}"], self[f"kind_{number}"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for activity, kind in self.offer_fields():
            if said.get(activity.name) and not said.get(kind.name):
                self.add_error(kind.name, f"Choisissez lequel paie{NBSP}: Sport ou Culture.")
            elif said.get(kind.name) and not said.get(activity.name) and activity.name not in self.errors:
                self.add_error(activity.name, "Choisissez l’activité.")
        return said

    @property
    def offers(self) -> list[tuple[int, str]]:
        """An activity's id and a kind each."""
        pairs = (
            (self.cleaned_data.get(activity.name), self.cleaned_data.get(kind.name))
            for activity, kind in self.offer_fields()
        )
        return [(activity.pk, kind) for activity, kind in pairs if activity and kind]
