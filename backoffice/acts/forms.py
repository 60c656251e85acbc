"""The forms of the acts: each asks why."""

from typing import Any

from django import forms
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import ValidationError

from core.forms import LineField

Fieldsets = list[tuple[str | None, dict[str, Any]]]


class ReasonForm(forms.Form):
    """`subject` is the row that the act is about: what else is asked may depend on it."""

    # What the button says, where this time it only looks.
    button = ""

    reason = LineField(
        label="Motif",
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Il reste au journal, avec votre nom.",
    )

    def __init__(self, *args: Any, subject: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.order_fields([name for name in self.fields if name != "reason"])


class PlainForm(ReasonForm):
    """For what tells by itself why it is done (`accounts.audit.WITHOUT_REASON`)."""

    reason = None  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        return {**(super().clean() or {}), "reason": ""}


class TypedForm(ReasonForm):
    """For an act that moves much: who proposes it types the name of the row, and so does who confirms."""

    typed = LineField(max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "typed"
        ].label = f"Pour continuer, tapez «\N{NO-BREAK SPACE}{self.subject}\N{NO-BREAK SPACE}»"

    def clean_typed(self) -> str:
        typed: str = " ".join(self.cleaned_data["typed"].split())
        if typed != str(self.subject):
            raise ValidationError(f"Ce n’est pas «\N{NO-BREAK SPACE}{self.subject}\N{NO-BREAK SPACE}».")
        return typed


def in_fieldsets(form: forms.Form, fieldsets: Fieldsets | None = None) -> AdminForm:
    """A form of ours, to be drawn as the admin draws its own."""
    return AdminForm(form, fieldsets or [(None, {"fields": list(form.fields)})], {})  # type: ignore[arg-type]
