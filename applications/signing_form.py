"""The forms by which an organisme asks for a code, and signs the convention."""

from typing import Any

from django import forms

from core.forms import CodeField, NameField
from core.money import NBSP

from .signing import DECLARATION, DIGITS


class VersionForm(forms.Form):
    """Which one was on the page: another one in force meanwhile is not signed unread."""

    convention = forms.IntegerField()

    @property
    def version(self) -> int:
        """0 is none."""
        version: int = self.cleaned_data["convention"] if self.is_valid() else 0
        return version


class SignForm(VersionForm):
    name = NameField(
        label="Vos prénom et nom",
        max_length=120,
        error_messages={"required": "Écrivez vos prénom et nom."},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    capacity = NameField(
        label="Votre qualité dans l’organisme",
        max_length=80,
        help_text="Par exemple présidente, trésorier ou directrice.",
        error_messages={"required": "Écrivez votre qualité dans l’organisme."},
    )
    code = CodeField(
        label="Code reçu par e-mail",
        max_length=12,
        help_text=f"Ses {DIGITS}{NBSP}chiffres.",
        error_messages={"required": "Recopiez le code de l’e-mail."},
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    read = forms.BooleanField(
        label=DECLARATION,
        error_messages={"required": "Cochez cette case pour signer."},
    )

    def __init__(self, data: Any, *, name: str, capacity: str) -> None:
        super().__init__(data, initial={"name": name, "capacity": capacity})
