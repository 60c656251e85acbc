"""The form that suggests an organisme."""

from typing import Any, cast

from django import forms
from django.utils import timezone

from core.forms import typed_formfield
from core.money import NBSP

from .directory_index import Wanted
from .models import Commune, Suggestion
from .reading import ListedPartner
from .search import answer, listed_at

# Enough to know one's own.
MOST_ALIKE = 3


class SuggestionForm(forms.ModelForm):
    """« Mon organisme n’est pas dans la liste ». One that is in it is shown first."""

    sure = forms.BooleanField(label="Ce n’est aucun de ceux-là", required=False)

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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["sure"] and _alike(cleaned["name"], cleaned["commune"].pk):
            self.add_error("sure", f"Est-ce l’un des organismes ci-dessous{NBSP}? Ils sont déjà affiliés.")
        return cleaned

    def alike(self) -> list[ListedPartner]:
        """The organismes that may be meant, once that was asked."""
        if "sure" not in self.errors:
            return []
        return _alike(self.data.get("name", ""), self.data.get("commune", ""))


def _alike(name: str, commune: str) -> list[ListedPartner]:
    """The affiliated organismes of that commune that have all the words of that name."""
    wanted = Wanted(on=timezone.localdate(), words=name, commune=commune)
    answered = answer(wanted)
    found = answered.found[:MOST_ALIKE] if answered.is_exact else []
    return listed_at(found)
