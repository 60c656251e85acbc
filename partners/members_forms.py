"""The forms about who acts for an organisme."""

from django import forms

from core.forms import EmailField

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
