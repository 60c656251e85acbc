"""A form that was opened before somebody else saved the same row: what each of them changed stays.

The page carries what it showed (Django's `show_hidden_initial`). What comes back is compared with that, and
that with the row of now: three versions, as in a merge of two branches.
"""

from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from .changes import shown_by

NBSP = "\N{NO-BREAK SPACE}"


class MergingForm(forms.ModelForm):
    """A form on an existing row.

    A field that its sender left as it was shown takes the value of now. One that both changed is refused
    once, with the value of now; sent again, it is written.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._refused: dict[str, str] = {}
        is_there = self.instance.pk is not None
        self._merged = [name for name in self.fields if is_there and name in self.initial]
        for name in self._merged:
            self.fields[name].show_hidden_initial = True

    def full_clean(self) -> None:
        if self.is_bound:
            self._merge()
        super().full_clean()
        for name, sentence in self._refused.items():
            self.add_error(name, sentence)

    def _merge(self) -> None:
        """Make the data what they would be if the page had been opened now."""
        fields = [self[name] for name in self._merged]
        as_of_now = {field.name: _hidden(field, field.html_initial_name) for field in fields}
        as_shown = {name: {key: self._sent(key) for key in now} for name, now in as_of_now.items()}
        # Of a list without a value a browser sends nothing; of a whole form nothing is sent by a program.
        knows = any(any(sent.values()) for sent in as_shown.values())
        data = cast(QueryDict, self.data).copy()
        touched = set(self.changed_data)
        # Of what was sent; it is asked for again of what is made of it here.
        del self.changed_data
        for field in fields:
            now = as_of_now[field.name]
            if knows and as_shown[field.name] != now:
                if field.name not in touched:
                    _put(data, _hidden(field, field.html_name))
                elif field.field.has_changed(field.initial, field.data):
                    self._refused[field.name] = _sentence(field)
            _put(data, now)
        self.data = data

    def _sent(self, key: str) -> list[str]:
        # Browsers write line breaks as two characters.
        return sorted(value.replace("\r\n", "\n") for value in cast(QueryDict, self.data).getlist(key))


def _hidden(field: BoundField, name: str) -> dict[str, list[str]]:
    """The current value as a browser would send it from a hidden input of that name."""
    return _written(field.field.hidden_widget(), name, field.field.prepare_value(field.initial))


def _written(widget: Any, name: str, value: Any) -> dict[str, list[str]]:
    if isinstance(widget, forms.MultiWidget):
        parts = zip(widget.widgets, widget.decompress(value) or (), strict=True)
        written = [_written(one, f"{name}_{number}", part) for number, (one, part) in enumerate(parts)]
        return {key: values for each in written for key, values in each.items()}
    if isinstance(widget, forms.MultipleHiddenInput):
        return {name: sorted(str(one) for one in value or [])}
    text = widget.format_value(value)
    return {name: ["" if text is None else str(text).replace("\r\n", "\n")]}


def _put(data: Any, written: dict[str, list[str]]) -> None:
    for key, values in written.items():
        data.setlist(key, values)


def _sentence(field: BoundField) -> str:
    now = shown_by(field.field, field.initial)
    says = f"ce champ dit maintenant «{NBSP}{now}{NBSP}»" if now else "ce champ est maintenant vide"
    return (
        f"Quelqu’un a modifié cette fiche entre-temps{NBSP}: {says}. Enregistrez de nouveau pour le "
        "remplacer par ce que vous avez saisi."
    )
