"""The form that writes to the service."""

from django import forms
from django.db import models

from core.forms import EmailField, ParagraphsField
from core.money import NBSP

# Two pages of a letter.
LONGEST_MESSAGE = 4000


class Topic(models.TextChoices):
    """What a message is about; what a link to the form may say in its address."""

    ACCOUNT = "compte", "Mon compte, mes codes, mes e-mails"
    CHILD = "enfant", "Mon enfant\N{NO-BREAK SPACE}: il manque, ou une erreur"
    TICKET = "ticket", "Un ticket, un porte-monnaie"
    PARTNER = "organisme", "Un organisme de la liste"
    DATA = "donnees", "Mes données personnelles"
    ACCESSIBILITY = "accessibilite", "Une page ou un ticket qui me résiste"
    OTHER = "autre", "Autre chose"


class ContactForm(forms.Form):
    topic = forms.ChoiceField(
        label=f"Votre question porte sur{NBSP}:",
        choices=[("", "Choisissez le sujet"), *Topic.choices],
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Choisissez le sujet dans la liste."),
    )
    message = ParagraphsField(
        label=f"Votre message{NBSP}:",
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 8}),
        help_text=(
            "Le nom de l’enfant, son collège, le numéro du ticket, ce qui s’est affiché"
            f"{NBSP}: tout cela nous aide à répondre."
        ),
        error_messages={
            "required": "Écrivez votre message.",
            "max_length": "Ce message est trop long. Dites l’essentiel, nous vous répondrons.",
        },
    )
    address = EmailField(
        label=f"Votre adresse e-mail, pour la réponse{NBSP}:",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": "Saisissez l’adresse où vous répondre. Sans adresse, appelez-nous."},
    )
