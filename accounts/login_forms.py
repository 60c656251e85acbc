"""The forms of login, activation and forgotten identifiants."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from core import codes
from core.forms import CodeField, NameField, UsernameField
from core.throttle import TooManyAttempts


class LoginForm(AuthenticationForm):
    """Identifiant, mot de passe, « Restez connecté »."""

    error_messages = {
        "invalid_login": (
            "L’identifiant ou le mot de passe n’est pas le bon. Vérifiez-les, "
            "ou cliquez sur « Vous avez oublié vos identifiants »."
        ),
    }
    username = UsernameField(widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "username"}))
    remember = forms.BooleanField(
        label="Restez connecté",
        required=False,
        help_text="Pendant 30\N{NO-BREAK SPACE}jours. Pas sur un ordinateur partagé.",
    )

    refusal: TooManyAttempts | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Identifiant"
        for name in ("username", "password"):
            self.fields[name].widget.attrs["placeholder"] = self.fields[name].label
        self.fields["username"].error_messages["required"] = "Saisissez votre identifiant."
        self.fields["password"].error_messages["required"] = "Saisissez votre mot de passe."

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except TooManyAttempts as refusal:
            self.refusal = refusal
            raise forms.ValidationError(refusal.sentence) from refusal


class LinkForm(LoginForm):
    """The account that FranceConnect or ProConnect is to open."""

    # How a form leaves out a field of its base.
    remember = None  # type: ignore[assignment]


class ForgottenForm(forms.Form):
    """One field for both: people who forgot one often forgot the other."""

    contact = NameField(
        label="Votre adresse e-mail ou votre identifiant",
        max_length=254,
        error_messages={"required": "Saisissez votre adresse e-mail ou votre identifiant."},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class ActivationForm(forms.Form):
    """The identifiant and the code of a letter."""

    username = UsernameField(
        label="Identifiant",
        max_length=60,
        error_messages={"required": "Saisissez l’identifiant écrit dans la lettre."},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    code = CodeField(
        label="Code de la lettre",
        max_length=40,
        help_text="Treize lettres et chiffres. Les majuscules et les tirets ne comptent pas.",
        error_messages={"required": "Saisissez le code écrit dans la lettre."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """A slip of the finger is told before anything is looked up: it counts as no attempt."""
        try:
            return codes.read_code(self.cleaned_data["code"])
        except codes.NotACode as unreadable:
            raise ValidationError(
                "Ce n’est pas tout à fait un code. Comparez-le à la lettre, caractère par caractère."
            ) from unreadable


class DeviceForm(ActivationForm):
    """The code of an e-mail or of a letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code de l’e-mail ou de la lettre"
        self.fields["code"].error_messages["required"] = "Saisissez le code écrit dans l’e-mail ou la lettre."
        self.fields["username"].error_messages["required"] = "Saisissez votre identifiant."
