"""How the directory is searched."""

from django import forms

from wallets.models import Kind

from .models import Activity, Commune

FROM_THE_LIST = {"invalid_choice": "Choisissez dans la liste."}


class DirectoryForm(forms.Form):
    """Commune, kind, activity: each narrows the list, none is needed."""

    commune = forms.ModelChoiceField(
        Commune.objects.all(),
        required=False,
        empty_label="Toutes les communes",
        error_messages=FROM_THE_LIST,
    )
    porte_monnaie = forms.ChoiceField(
        label="Porte-monnaie",
        required=False,
        choices=[("", "Sport et Culture"), *Kind.choices],
        error_messages=FROM_THE_LIST,
    )
    activite = forms.ModelChoiceField(
        Activity.objects.all(),
        label="Activité",
        required=False,
        empty_label="Toutes les activités",
        error_messages=FROM_THE_LIST,
    )
