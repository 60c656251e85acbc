"""The forms about who acts for an organisme."""

from typing import Any

from django import forms

from accounts.forms import NewPasswordForm
from accounts.models import User
from accounts.names import validate_person_name
from core.forms import EmailField, NameField

from .models import Role

NBSP = "\N{NO-BREAK SPACE}"

# What each may do, beside its name.
ROLES = [
    (Role.COUNTER, "Guichet, vérifie et utilise les tickets"),
    (Role.MANAGER, "Responsable, s’occupe aussi de l’organisme et de ses membres"),
]


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=f"Rôle{NBSP}:",
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un rôle."},
    )


class InvitationForm(RoleForm):
    email = EmailField(
        label=f"Adresse e-mail{NBSP}:",
        max_length=254,
        help_text="Le lien y part, et sert une seule fois.",
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Saisissez l’adresse de la personne.",
            "invalid": "Saisissez une adresse complète, comme nom@exemple.fr.",
        },
    )

    field_order = ["email", "role"]


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
