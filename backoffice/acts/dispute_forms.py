"""The forms that decide of a dispute."""

import uuid
from typing import Any, cast

from django import forms

from backoffice.facts.disputes import FAMILY
from core.money import NBSP

from .forms import ReasonForm

PARTNER = "organisme"


class DisputeForm(ReasonForm):
    decision = forms.ChoiceField(
        label="Décision",
        choices=[
            (FAMILY, f"La famille a raison{NBSP}: l’utilisation est annulée"),
            (PARTNER, f"L’utilisation est exacte{NBSP}: le ticket reste utilisé"),
        ],
        widget=forms.RadioSelect,
    )


class TakeBackForm(DisputeForm):
    """Where the use cannot be undone any more. Sent twice, it is one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["decision"]).choices = [
            (FAMILY, f"La famille a raison{NBSP}: la somme lui revient, l’organisme la doit"),
            (PARTNER, f"L’utilisation est exacte{NBSP}: le ticket reste utilisé"),
        ]
