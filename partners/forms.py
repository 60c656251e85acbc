"""How the directory is searched."""

from django import forms

from wallets.models import Kind

from .models import Activity, Commune


class DirectoryForm(forms.Form):
    """Commune, kind, activity: each narrows the list, none is needed."""

    commune = forms.ModelChoiceField(Commune.objects.all(), required=False, empty_label="Toutes les communes")
    porte_monnaie = forms.ChoiceField(
        label="Porte-monnaie", required=False, choices=[("", "Sport et Culture"), *Kind.choices]
    )
    activite = forms.ModelChoiceField(
        Activity.objects.all(), label="Activité", required=False, empty_label="Toutes les activités"
    )
