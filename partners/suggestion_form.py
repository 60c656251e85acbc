"""The form that suggests an organisme."""

from typing import Any, cast

from django import forms

from core.forms import typed_formfield
from core.money import NBSP

from .models import Commune, Suggestion


class SuggestionForm(forms.ModelForm):
    """« Mon organisme n’est pas dans la liste »."""

    class Meta:
        model = Suggestion
        fields = ["name", "commune", "activity", "contact"]
        formfield_callback = typed_formfield
        labels = {
            "name": f"Nom de l’organisme{NBSP}:",
            "commune": f"Sa commune{NBSP}:",
            "activity": f"Ce qu’on y fait{NBSP}:",
            "contact": f"Votre adresse e-mail, si vous voulez une réponse{NBSP}:",
        }
        help_texts = {"activity": "Par exemple judo, piano ou théâtre."}
        error_messages = {
            "name": {"required": "Écrivez le nom de l’organisme."},
            "commune": {"required": "Choisissez sa commune.", "invalid_choice": "Choisissez dans la liste."},
            "activity": {"required": "Écrivez ce qu’on y fait, par exemple judo."},
        }
        widgets = {"contact": forms.EmailInput({"autocomplete": "email"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        commune = cast(forms.ModelChoiceField, self.fields["commune"])
        commune.queryset, commune.empty_label = Commune.objects.all(), "Choisissez la commune"
