"""In forms: what a person is called, and when it was born."""

from typing import Any

from django import forms

from core.forms import NameField

from .births import read_birth_year
from .names import NO_NAMES, known_name, one_name


class BirthYearField(forms.IntegerField):
    """« 2014 », or a date, of which nothing else is kept."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            value = read_birth_year(value)
        return super().to_python(value)


class PersonNameField(NameField):
    """What stands for a name that nobody knows, « - », is none."""

    read = staticmethod(known_name)


class NamesMixin(forms.BaseForm):
    """Of a form with `first_name` and `last_name`: one name alone may stand in either."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if {"first_name", "last_name"} <= said.keys():
            said["first_name"], said["last_name"] = one_name(said["first_name"], said["last_name"])
            if not said["first_name"]:
                self.add_error("first_name", NO_NAMES)
        return said
