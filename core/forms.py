"""Fields of forms that read what is typed in its one writing (core/typed_text.py)."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from . import typed_text
from .addresses import address_in, can_be_written_to, validate_can_be_written_to
from .postcodes import LONGEST, read_french_postcode, read_postcode
from .telephones import NotATelephone, read_telephone
from .typed_dates import not_a_day, read_day


class LineField(forms.CharField):
    """One line of prose."""

    read: Callable[[str], str] = staticmethod(typed_text.line)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self.read(text) or self.empty_value if isinstance(text, str) else text


class ParagraphsField(LineField):
    read = staticmethod(typed_text.paragraphs)
    widget = forms.Textarea


class NameField(LineField):
    """A name of a person, a street or a town; also a search."""

    read = staticmethod(typed_text.name)


class NumberField(LineField):
    """A postcode, digits read aloud."""

    read = staticmethod(typed_text.number)


class PostcodeField(NumberField):
    """« 92 160 » is 92160; abroad « SW1A 1AA »."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return read_postcode(typed) if isinstance(typed, str) and typed else typed


class FrenchPostcodeField(NumberField):
    """Of a place that is in France."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return read_french_postcode(typed) if isinstance(typed, str) and typed else typed


class DayField(forms.DateField):
    """In the writings that people have for a day (core/typed_dates.py)."""

    def to_python(self, value: Any) -> Any:
        try:
            return read_day(value) if isinstance(value, str) and value.strip() else super().to_python(value)
        except ValueError as wrong:
            raise ValidationError(not_a_day(value), code="invalid") from wrong


class ReferenceField(LineField):
    """A code that somebody else assigns: of a collège, of a commune."""

    read = staticmethod(typed_text.reference)


class UsernameField(LineField):
    read = staticmethod(typed_text.username)


class CodeField(LineField):
    """A code without what parts it."""

    read = staticmethod(typed_text.code)


class EmailField(LineField, forms.EmailField):
    """One address: « Anne <anne@exemple.fr> » is one too."""

    read = staticmethod(typed_text.email)
    widget = forms.EmailInput
    default_validators = [validate_can_be_written_to]

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and not can_be_written_to(typed := super().to_python(value)):
            with suppress(ValidationError):
                address, is_whole = address_in(value)
                return address if is_whole else typed
        return super().to_python(value)


class SlugField(LineField, forms.SlugField):
    pass


class URLField(LineField, forms.URLField):
    widget = forms.URLInput


class TelephoneField(NumberField):
    """A normalised telephone number that exists, or nothing."""

    default_error_messages = {
        "invalid": (
            "Ce numéro n’existe pas. Écrivez-le comme 06 12 34 56 78, ou avec son + s’il est d’un autre pays."
        )
    }

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        try:
            return read_telephone(typed) if typed else typed
        except NotATelephone as wrong:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from wrong


# Of the columns that hold no prose, by their name, which is the same in every table.
BY_NAME: dict[str, type[LineField]] = {
    "first_name": NameField,
    "last_name": NameField,
    "address": NameField,
    "city": NameField,
    "phone": TelephoneField,
    "uai": ReferenceField,
    "insee_code": ReferenceField,
    "username": UsernameField,
}
BY_KIND: dict[type[Any], type[LineField]] = {
    models.EmailField: EmailField,
    models.SlugField: SlugField,
    models.URLField: URLField,
    models.CharField: LineField,
    models.TextField: ParagraphsField,
}


def field_class(column: Any) -> type[forms.Field] | None:
    """The form field class of a column; None if it holds nothing that is typed."""
    if type(column) is models.DateField:
        return DayField
    if column.name == "postcode":
        # Of people, who live anywhere; or of places in France.
        return PostcodeField if column.max_length == LONGEST else FrenchPostcodeField
    if not isinstance(column, (models.CharField, models.TextField)) or column.choices:
        return None
    kind = next(BY_KIND[one] for one in type(column).__mro__ if one in BY_KIND)
    return BY_NAME.get(column.name, kind)


def typed_formfield(column: Any, **options: Any) -> Any:
    """The `formfield_callback` of our ModelForms."""
    if one := field_class(column):
        options.setdefault("form_class", one)
    return column.formfield(**options)
