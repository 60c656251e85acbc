"""The forms that first look for a row, then choose it among those found and ask for the rest."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from .forms import ReasonForm

AT_MOST = 10


class LookingForm(ReasonForm):
    """Sent with new words, it shows what answers to them, and nothing else is asked or found wrong yet."""

    # The field by which one of those found is chosen, and what is said where none is.
    choice: ClassVar[str]
    nothing: ClassVar[str]
    # What was looked for when the page was shown: other words are looked for first.
    searched = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, subject: Model, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        said = str(self.data.get("said", "") if self.is_bound else self.begins_with()).strip()
        self.found: list[int] = [row.pk for row in self.find(said)[:AT_MOST]] if said else []
        if not self.found:
            self.fields = {"said": self.fields["said"]}
            self.button = "Chercher"
        elif self._is_looking(said):
            self.is_bound = False
            sent = {name: self.data[name] for name in self.fields if name in self.data}
            self.initial.update(sent, said=said, searched=said)

    def _is_looking(self, said: str) -> bool:
        if "look" in self.data:
            return True
        known = self.data.get("searched")
        return self.choice not in self.data if known is None else known != said

    def begins_with(self) -> str:
        """What is looked for before anybody has said anything."""
        return ""

    def find(self, said: str) -> Sequence[Any]:
        """Those that may be chosen and that answer to this."""
        raise NotImplementedError

    def clean_said(self) -> str:
        """Raises ValidationError: nothing answers to it."""
        if not self.found:
            raise forms.ValidationError(self.nothing)
        return str(self.cleaned_data["said"])
