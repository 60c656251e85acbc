from django import forms

from core.money import NBSP
from wallets.forms import AmountField


class Fields(forms.Form):
    """One field of each kind that the service uses."""

    text = forms.CharField(label="Identifiant", error_messages={"required": "Saisissez votre identifiant."})
    amount = AmountField(label=f"Montant du ticket{NBSP}:", help_text="Au moins 1,00 €.")
    message = forms.CharField(
        label=f"Votre message{NBSP}:",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Écrivez votre message."},
    )
    choice = forms.ChoiceField(
        label=f"Activité{NBSP}:",
        choices=[("", "Choisissez l’activité"), ("1", "Chant choral")],
        error_messages={"required": "Choisissez l’activité."},
    )
    waiting = forms.ChoiceField(
        label="Nom de l’organisme (en attente des deux autres choix)",
        required=False,
        disabled=True,
        choices=[("", "Choisissez l’organisme")],
    )
    way = forms.ChoiceField(
        label=f"Type de ticket{NBSP}:",
        widget=forms.RadioSelect,
        choices=[("affecte", "Je connais l’organisme"), ("papier", "Je verrai plus tard")],
        error_messages={"required": "Cochez l’une des deux."},
    )
    remember = forms.BooleanField(
        label="Restez connecté",
        help_text=f"Pendant 30{NBSP}jours. Pas sur un ordinateur partagé.",
        error_messages={"required": "Cochez cette case."},
    )
