"""The form by which a guardian says who else is to act for a child, with the paper that says so."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Beneficiary, User
from accounts.names import validate_person_name
from accounts.new_account_form import NewGuardianForm
from accounts.person_fields import BirthYearField, NamesMixin, PersonNameField
from core.forms import EmailField
from core.money import NBSP

from .forms import PapersForm


class GuardianForm(NamesMixin, PapersForm):
    """Whether the address has an account is not looked for: the page tells the same of all."""

    first_name = PersonNameField(
        label="Son prénom", max_length=60, required=False, validators=[validate_person_name]
    )
    last_name = PersonNameField(
        label="Son nom", max_length=60, required=False, validators=[validate_person_name]
    )
    email = EmailField(
        label="Son adresse e-mail",
        max_length=254,
        help_text="L’invitation y part une fois le papier lu.",
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Saisissez l’adresse de cette personne.",
            "invalid": "Saisissez une adresse complète, comme nom@exemple.fr.",
        },
    )

    field_order = ("first_name", "last_name", "email", "papers", "key")

    def __init__(self, *args: Any, child: Beneficiary, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.casefold() == self.user.email.casefold():
            raise ValidationError(f"C’est votre adresse{NBSP}: saisissez la sienne.")
        return email


class JoinForm(forms.Form):
    """Who has the link of an invitation knows the child."""

    birth_year = BirthYearField(
        label="Année de naissance de l’enfant",
        help_text="Par exemple 2014.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Saisissez son année de naissance."},
    )


class NewJoinForm(JoinForm, NewGuardianForm):
    """Who has no account makes one."""

    field_order = ["first_name", "last_name", "phone", "birth_year", "new_password1", "new_password2"]
