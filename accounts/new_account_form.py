"""The form of who makes an account: a name, and a password chosen twice."""

from typing import Any

from django import forms

from core.forms import NameField, TelephoneField

from .forms import NewPasswordForm
from .models import User
from .names import validate_person_name


class NewAccountForm(NewPasswordForm):
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


class NewGuardianForm(NewAccountForm):
    """With the telephone, by which an agent may reach who has sent the wrong paper."""

    phone = TelephoneField(
        label="Téléphone (facultatif)",
        required=False,
        help_text="Par exemple 06 12 34 56 78.",
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )

    field_order = ["first_name", "last_name", "phone", "new_password1", "new_password2"]
