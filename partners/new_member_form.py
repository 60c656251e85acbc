"""The form of who is invited and has no account."""

from typing import Any

from django import forms

from accounts.forms import NewPasswordForm
from accounts.models import User
from accounts.names import validate_person_name
from core.forms import NameField


class NewMemberForm(NewPasswordForm):
    """« Je n’ai pas de compte »: a name, and a password chosen twice."""

    first_name = NameField(
        label="Prénom",
        max_length=150,
        validators=[validate_person_name],
        widget=forms.TextInput({"autocomplete": "given-name"}),
        error_messages={"required": "Saisissez votre prénom."},
    )
    last_name = NameField(
        label="Nom",
        max_length=150,
        validators=[validate_person_name],
        widget=forms.TextInput({"autocomplete": "family-name"}),
        error_messages={"required": "Saisissez votre nom."},
    )

    field_order = ["first_name", "last_name", "new_password1", "new_password2"]

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        """`address`: a password is not to be like it."""
        super().__init__(User(email=address), *args, **kwargs)

    def clean_last_name(self) -> str:
        """A password is not to be like the names either."""
        self.user.first_name = self.cleaned_data.get("first_name", "")
        last_name: str = self.cleaned_data["last_name"]
        self.user.last_name = last_name
        return last_name
