"""The inputs of a form, where Django's administration draws more or less than ours."""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, RelatedFieldWidgetWrapper
from django.utils.text import capfirst

from core.money import NBSP


def without_neighbours(field: forms.Field | None) -> forms.Field | None:
    """A row that others share is not changed or deleted by an icon beside a choice: a click would do it."""
    if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget.can_change_related = field.widget.can_delete_related = False
    return field


def with_named_parts(field: forms.Field | None) -> forms.Field | None:
    """A moment is typed in two inputs, and its label is that of neither."""
    if field and isinstance(field.widget, AdminSplitDateTime):
        for part, word in zip(field.widget.widgets, ("date", "heure"), strict=True):
            part.attrs["aria-label"] = f"{capfirst(field.label)}{NBSP}: {word}"
    return field
