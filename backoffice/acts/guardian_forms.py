"""The forms of the acts on who acts for a child. Who comes is looked at first, then confirmed."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from accounts import guardianship
from accounts.models import Beneficiary, User
from backoffice.facts import people
from core.forms import NameField
from core.phonetics import most_alike

from .forms import ReasonForm
from .looking_form import AT_MOST, LookingForm


class PersonField(forms.ModelChoiceField):
    """Each choice says who it is, so that a namesake is not taken for another."""

    def label_from_instance(self, user: Any) -> str:
        return people.person(user)


class ComingForm(LookingForm):
    choice = "coming"
    nothing = (
        "Aucun compte de famille ouvert n’y répond. À qui n’en a pas, créez-le depuis la page de la famille."
    )
    said = NameField(
        label="Qui devient responsable",
        max_length=254,
        help_text="Son identifiant, son adresse e-mail, ou son nom, avec le prénom ou la ville.",
    )
    coming = PersonField(
        label="Confirmez qui c’est",
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Regardez qui c’est, puis confirmez."},
    )
    field_order: Sequence[str] = ("said", "coming")

    def __init__(self, *args: Any, subject: Beneficiary, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        if not self.found:
            return
        field = cast(PersonField, self.fields["coming"])
        field.queryset = User.objects.filter(pk__in=self.found)
        if len(self.found) == AT_MOST:
            field.help_text = f"Les {AT_MOST} premiers. Ajoutez un mot à ce que vous cherchez."

    def find(self, said: str) -> Sequence[User]:
        """Those that are known by it, else those whose names sound most like it."""
        known = guardianship.known_as(said)
        names = ("last_name", "first_name")
        alike = known if known.exists() else most_alike(guardianship.adults(), names, said)
        return list(alike.order_by("last_name", "first_name", "pk")[:AT_MOST])


class LeavingForm(ReasonForm):
    guardian = PersonField(
        label="Qui n’est plus responsable",
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    leaves_nobody = forms.BooleanField(label="L’enfant n’aura plus aucun responsable légal.")

    def __init__(self, *args: Any, subject: Beneficiary, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        guardians = subject.guardians.order_by("username")
        cast(PersonField, self.fields["guardian"]).queryset = guardians
        if guardians.count() > 1:
            del self.fields["leaves_nobody"]


class ReplaceForm(ComingForm):
    """Who leaves, and who comes."""

    guardian = PersonField(
        label="Qui n’est plus responsable",
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    field_order = ("guardian", "said", "coming")

    def __init__(self, *args: Any, subject: Beneficiary, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        if self.found:
            cast(PersonField, self.fields["guardian"]).queryset = subject.guardians.order_by("username")
