"""The changes of a form as people read them: label, value before, value after."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import Manager, Model, QuerySet
from django.utils import formats, timezone

Change = tuple[str, str, str]
LONGEST = 300


def in_words(value: Any) -> str:
    """A value in French, without its line breaks, cut where it is long."""
    for kind, words in WORDS:
        if isinstance(value, kind):
            return words(value)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _list(values: Iterable[Any]) -> str:
    return ", ".join(sorted(in_words(value) for value in values))


# The first that fits: a datetime is a date too.
WORDS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (type(None), lambda _: ""),
    (Decimal, lambda value: str(value).replace(".", ",")),
    (bool, lambda value: "oui" if value else "non"),
    (dt.datetime, lambda value: formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")),
    (dt.date, lambda value: formats.date_format(value, "SHORT_DATE_FORMAT")),
    (Manager, lambda value: _list(value.all())),
    ((list, tuple, set, QuerySet), _list),
)


def of_its_kind(field: Any, value: Any) -> str:
    """The value as formatted by a field that has `in_words`, such as euros."""
    words: Callable[[Any], str] | None = getattr(field, "in_words", None)
    return words(value) if words and value not in EMPTY_VALUES else ""


def of_form(form: forms.BaseForm, *, is_new: bool) -> Iterator[Change]:
    """The changed fields of a valid form."""
    for name in (name for name in form.changed_data if name in form.cleaned_data):
        field = form.fields[name]
        before = "" if is_new else shown_by(field, form.get_initial_for_field(field, name))
        after = shown_by(field, form.cleaned_data[name])
        if before != after:
            yield str(field.label or name), before, after


def of_formsets(formsets: Iterable[Any]) -> Iterator[Change]:
    """The rows of inlines that were added, changed and removed."""
    for formset in formsets:
        name = str(formset.model._meta.verbose_name)
        yield from ((name, "", in_words(row)) for row in formset.new_objects)
        for row, fields in formset.changed_objects:
            yield name, in_words(row), f"{in_words(row)} ({', '.join(fields)})"
        yield from ((name, in_words(row), "") for row in formset.deleted_objects)


def shown_by(field: Any, value: Any) -> str:
    if words := of_its_kind(field, value):
        return words
    if isinstance(field, forms.ModelMultipleChoiceField):
        return in_words(_rows(field, value or []))
    if isinstance(field, forms.ModelChoiceField):
        return in_words(next(iter(_rows(field, [value])), "")) if value not in (None, "") else ""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(key): label for key, label in choices}
        return in_words(labels.get(str(value), value))
    return in_words(value)


def _rows(field: Any, values: Iterable[Any]) -> list[Model]:
    """Forms hold rows or their keys, before and after."""
    found = [value for value in values if isinstance(value, Model)]
    keys = [value for value in values if not isinstance(value, Model)]
    model = field.queryset.model
    return [*found, *model._default_manager.filter(pk__in=keys)] if keys else found
