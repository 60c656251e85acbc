"""The form of « Pas encore inscrit ? »: an address, and nothing else before it has answered."""

from django import forms

from core.forms import EmailField


class SignUpForm(forms.Form):
    email = EmailField(
        label="Votre adresse e-mail",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Saisissez votre adresse e-mail.",
            "invalid": "Saisissez une adresse complète, comme nom@exemple.fr.",
        },
    )
