"""Fields of forms for what a person is called, and when it was born."""

from typing import Any

from django import forms

from core.forms import NameField

from .births import read_birth_year
from .names import known_name


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
