"""The form by which an agent accepts a candidacy: of which organisme it is, and with which offers."""

from typing import Any

from django import forms

from applications.models import Application
from backoffice.facts import candidacies

from .forms import PlainForm

NEW = "nouveau"


class AffiliateForm(PlainForm):
    """Which organismes it is like is among the choices; what it asked for is ticked."""

    partner = forms.ChoiceField(
        label="Quel organisme",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites quel organisme c’est."},
    )
    offers = forms.MultipleChoiceField(label="Offres", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, subject: Application, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        candidacy = candidacies.of(subject)
        alike = candidacies.alike(candidacy) if candidacy else []
        offers = candidacy.offers.select_related("activity") if candidacy else []
        self.fields["partner"].choices = [  # type: ignore[attr-defined]
            *((str(it.pk), f"Reprendre la fiche de {candidacies.told(it)}") for it in alike),
            (NEW, "Un nouvel organisme"),
        ]
        if not alike:
            self.fields["partner"].initial = NEW
        self.fields["offers"].choices = [(str(it.pk), str(it)) for it in offers]  # type: ignore[attr-defined]
        self.fields["offers"].initial = [str(it.pk) for it in offers]


def partner_id(said: dict[str, Any]) -> int | None:
    return None if said["partner"] == NEW else int(said["partner"])


def offer_ids(said: dict[str, Any]) -> list[int]:
    return [int(it) for it in said["offers"]]
