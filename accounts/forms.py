"""What people type to come in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class LoginForm(AuthenticationForm):
    """Identifiant, mot de passe, « Restez connecté »."""

    error_messages = {
        "invalid_login": (
            "L’identifiant ou le mot de passe n’est pas le bon. Vérifiez-les, "
            "ou cliquez sur « Vous avez oublié vos identifiants »."
        ),
    }
    remember = forms.BooleanField(
        label="Restez connecté",
        required=False,
        help_text="Pendant 30 jours. Pas sur un ordinateur partagé.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Identifiant"
        # Tab begins with « Aller au contenu », here as on every page.
        del self.fields["username"].widget.attrs["autofocus"]
        for name in ("username", "password"):
            self.fields[name].widget.attrs["placeholder"] = self.fields[name].label
        self.fields["username"].error_messages["required"] = "Saisissez votre identifiant."
        self.fields["password"].error_messages["required"] = "Saisissez votre mot de passe."


class ForgottenForm(forms.Form):
    """One field for both: people who forgot one often forgot the other."""

    contact = forms.CharField(
        label="Votre adresse e-mail ou votre identifiant",
        max_length=254,
        error_messages={"required": "Saisissez votre adresse e-mail ou votre identifiant."},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
