"""The forms of the acts on an application: what who asks will read is chosen from a list."""

from typing import Any

from django import forms

from applications.models import Application, Reason, ReasonUse
from core.forms import LineField

from .forms import PlainForm

# With the longest sentence of the list, what the journal keeps of a reason.
LONGEST = 300


class SentenceForm(PlainForm):
    """`reason` becomes what who asks reads."""

    use = ReasonUse.REFUSED

    sentence = forms.ModelChoiceField(label="Ce que lira qui demande", queryset=Reason.objects.none())
    more = LineField(
        label="Précision",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Facultative. Elle est lue aussi.",
    )

    def __init__(self, *args: Any, subject: Application, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        reasons = Reason.objects.filter(kind=subject.kind, use=self.use)
        self.fields["sentence"].queryset = reasons  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        told = (str(cleaned.get("sentence") or ""), cleaned.get("more") or "")
        return {**cleaned, "reason": " ".join(filter(None, told))}


class AskForm(SentenceForm):
    use = ReasonUse.INCOMPLETE


class RefuseForm(SentenceForm):
    use = ReasonUse.REFUSED
