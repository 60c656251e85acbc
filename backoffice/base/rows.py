"""Tables of rows: those below the fields of a page, and a list whose columns are written in."""

from typing import Any, cast

from django.contrib import admin
from django.forms import ModelForm, Widget
from django.forms.boundfield import BoundField
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.text import capfirst

from core.merging import MergingForm


class Cell(BoundField):
    """A field that is drawn without its label: it is called as its column, and its row if that is saved."""

    def build_widget_attrs(self, attrs: Any, widget: Widget | None = None) -> Any:
        attrs = super().build_widget_attrs(attrs, widget)
        if not (widget or self.field.widget).is_hidden:
            row = cast(ModelForm, self.form).instance
            attrs["aria-label"] = f"{capfirst(self.label)}, {row}" if row.pk else capfirst(self.label)
        return attrs


class CellsForm(MergingForm):
    bound_field_class = Cell


class Rows(admin.TabularInline):
    template = "admin/rows.html"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        """Its form is a class of its own, which Django has just made."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.bound_field_class = Cell
        return formset
