"""The form of the merges: the one that stays is looked for, chosen, and the name of the other typed."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django import forms
from django.db.models import Model

from accounts.models import User

from .forms import TypedForm

AT_MOST = 10


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


class IntoForm(TypedForm):
    """Sent once, it shows what answers to what was said; sent again with one of them, it is whole."""

    # Each has `said` and `kept` of its own.
    field_order: Sequence[str] = ("said", "kept", "typed")

    def __init__(self, *args: Any, subject: Model, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        said = str(self.data.get("said", "")).strip()
        self.found = [row.pk for row in self.find(said)[:AT_MOST]] if said else []
        if not self.found:
            self.fields["said"].initial = str(subject)  # Doubles are called alike.
            del self.fields["kept"], self.fields["typed"]
            self.button = "Chercher"
            return
        field = cast(RowField, self.fields["kept"])
        field.queryset = type(subject)._default_manager.filter(pk__in=self.found)
        if len(self.found) == AT_MOST:
            field.help_text = f"Les {AT_MOST} premières. Ajoutez un mot à ce que vous cherchez."

    def find(self, said: str) -> Sequence[Any]:
        """The rows that it may be merged into, and that answer to this."""
        raise NotImplementedError

    def clean_said(self) -> str:
        if not self.found:
            raise forms.ValidationError("Aucune autre fiche n’y répond.")
        return str(self.cleaned_data["said"])
