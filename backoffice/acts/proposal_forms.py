"""The forms that answer a proposal."""

from django import forms

from core.forms import LineField

from .forms import TypedForm


class TypedAgainForm(TypedForm):
    # Who proposed it said why.
    reason = None  # type: ignore[assignment]


class RefuseForm(forms.Form):
    answer = LineField(
        label="Pourquoi",
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Il reste au journal, avec votre nom.",
    )
