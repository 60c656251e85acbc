"""The form of the merges: the one that stays is looked for, chosen, and the name of the other typed."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django import forms
from django.db.models import Model

from accounts.models import User

from .forms import TypedForm
from .looking_form import AT_MOST, LookingForm


class RowField(forms.ModelChoiceField):
    """Each choice says which one it is, in the words of `called`."""

    def __init__(self, *, called: Callable[[Any], str]) -> None:
        self._called = called
        super().__init__(
            User.objects.none(),
            label="Confirmez laquelle",
            widget=forms.RadioSelect,
            empty_label=None,
            error_messages={"required": "Regardez laquelle c’est, puis confirmez."},
        )

    def label_from_instance(self, row: Any) -> str:
        return self._called(row)


class IntoForm(LookingForm, TypedForm):
    """`said` and `kept` are each form's own."""

    choice = "kept"
    nothing = "Aucune autre fiche n’y répond."
    field_order: Sequence[str] = ("said", "kept", "typed")

    def __init__(self, *args: Any, subject: Model, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        if not self.found:
            self.fields["said"].initial = self.begins_with()
            return
        field = cast(RowField, self.fields["kept"])
        field.queryset = type(subject)._default_manager.filter(pk__in=self.found)
        if len(self.found) == AT_MOST:
            field.help_text = f"Les {AT_MOST} premières. Ajoutez un mot à ce que vous cherchez."

    def begins_with(self) -> str:
        """Doubles are called alike."""
        return str(self.subject)
