"""The ModelAdmin that our admin classes derive from.

A list is filtered by what it shows, by nothing else; each edit is written in the journal.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, get_fields_from_path, unquote
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import DateField, Field, Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core import changes, typed_text
from core.forms import LineField, field_class
from core.keys_first import KeysFirstPaginator
from core.merging import MergingForm

from .change_list import StrictChangeList
from .edits import Edit, JournalingSite, ReasonedForm
from .inputs import with_named_parts, without_neighbours
from .period_filter import PeriodFilter
from .rows import CellsForm


class BaseAdmin(admin.ModelAdmin):
    """Lookups in the address of a list are a closed set.

    Django lets any column of the list's own table be asked about by the address, those that no page shows
    too: a password's hash is read letter by letter with `password__startswith`.
    """

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        """Lock the row that a form is about to change: nobody writes between its comparison and its save."""
        if object_id is None or request.method != "POST":
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            with suppress(ValueError, ValidationError):
                rows = self.model._default_manager.filter(pk=unquote(object_id)).order_by()
                rows.select_for_update(no_key=True).only("pk").first()
            return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: Any) -> None:
        # A row under another primary key is another row.
        if change and self.opts.pk.name not in form.changed_data:
            self.save_changes(obj, form)
        else:
            super().save_model(request, obj, form, change)

    def save_changes(self, obj: Model, form: ModelForm, *along: str) -> None:
        """Write what the form changed, and the fields `along` with it: what others wrote meanwhile stays."""
        columns = {field.name for field in self.opts.concrete_fields}
        if changed := (columns & set(form.changed_data)) | set(along):
            dated = {it.name for it in self.opts.concrete_fields if getattr(it, "auto_now", False)}
            obj.save(update_fields=changed | dated)

    # « Afficher les nombres » counts the whole table once for each filter.
    show_facets = admin.ShowFacets.NEVER
    # One and several rows, where the list has a name of its own.
    counted: tuple[str, str] | None = None
    # The column of euros that a narrowed list says the sum of.
    summed = ""
    # Other lookups that links of ours use.
    linked_by: tuple[str, ...] = ()
    # Fields of the page of a row: who changes one says why.
    needs_reason: tuple[str, ...] = ()
    # Those that are read otherwise than others of their name or kind.
    form_classes: ClassVar[Mapping[str, type[forms.Field]]] = {}

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """What agents type is read in its one writing, as everywhere."""
        if one := self.form_classes.get(db_field.name) or field_class(db_field):
            kwargs.setdefault("form_class", one)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return with_named_parts(without_neighbours(field))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        self.record_search(request, search_term)
        return super().get_search_results(request, queryset, typed_text.name(search_term))

    def record_search(self, request: HttpRequest, typed: str) -> None:
        """Called by whoever answers to a search."""
        if typed:
            self._site.record_search(request, self.model, typed)

    def get_paginator(self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any) -> Paginator:
        """The euros of what a narrowed list shows are its `total`; of the whole list the figures tell."""
        return KeysFirstPaginator(
            queryset,
            *args,
            whole=self.get_queryset(request),
            summed=self.summed if queryset.query.where else "",
            costly=bool(request.GET.get(SEARCH_VAR)),
            **kwargs,
        )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StrictChangeList

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Whether the list may be narrowed so: by its filters, its dates, a primary key, a link of ours."""
        return lookup in self._lookups(request)

    def _lookups(self, request: HttpRequest | None) -> set[str]:
        key = self.opts.pk.name
        allowed = {*self.linked_by, key, f"{key}__exact"}
        if self.date_hierarchy:
            allowed |= {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        filters: Iterable[Any] = self.get_list_filter(request) if request else self.list_filter
        for one in filters:
            if isinstance(one, type) and issubclass(one, PeriodFilter):
                allowed |= set(one.parameters())
            elif isinstance(one, type):
                allowed.add(one.parameter_name)  # type: ignore[attr-defined]
            else:
                allowed |= set(self._of_field(one if isinstance(one, str) else one[0]))
        return allowed

    def _of_field(self, path: str) -> Iterator[str]:
        """The parameters of Django's own filter for such a field."""
        field: Any = get_fields_from_path(self.model, path)[-1]
        yield from (path, f"{path}__exact", f"{path}__isnull")
        if field.is_relation:
            target = field.target_field.name
            yield from (f"{path}__{target}", f"{path}__{target}__exact")
        elif isinstance(field, DateField):
            yield from (f"{path}__gte", f"{path}__lt")

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Rows are referred to by their primary key; `_to_field` would show any column that is unique."""
        return to_field == self.opts.pk.name

    # --- What is written of it in the journal ---------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: Any = None, **kwargs: Any
    ) -> type[forms.ModelForm]:
        if self._asks_why(request, obj):
            asked = {"needs_reason": self.needs_reason, "reason": self._reason_field()}
            kwargs["form"] = type("Reasoned", (ReasonedForm, self.form), asked)
        if obj is not None:
            kwargs["form"] = type("Merging", (MergingForm, kwargs.get("form", self.form)), {})
        return super().get_form(request, obj, bool(change), **kwargs)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, **{"form": CellsForm, **kwargs})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self._asks_why(request, obj) and "reason" not in flatten_fieldsets(fieldsets):
            return [*fieldsets, ("Pourquoi", {"fields": ["reason"]})]
        return fieldsets

    def _reason_field(self) -> LineField:
        labels = ", ".join(self._label(name) for name in self.needs_reason)
        return LineField(
            label="Motif",
            max_length=300,
            required=False,
            widget=forms.TextInput(attrs={"class": "vTextField"}),
            help_text=f"Obligatoire si vous changez\N{NO-BREAK SPACE}: {labels}.",
        )

    def _label(self, name: str) -> str:
        """Of a field of the form's own, or of a column."""
        if own := self.form.declared_fields.get(name):
            return str(own.label)
        column: Any = self.opts.get_field(name)
        return str(column.verbose_name)

    def _asks_why(self, request: HttpRequest, obj: Any) -> bool:
        return bool(self.needs_reason) and obj is not None and self.has_change_permission(request, obj)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: Any = None
    ) -> Any:
        """What the three methods below get as their message."""
        reason = form.cleaned_data.pop("reason") if isinstance(form, ReasonedForm) else ""
        told = [*changes.of_form(form, is_new=bool(add)), *changes.of_formsets(formsets or [])]
        return Edit(told, reason)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """In the journal, as the next two, and not in Django's table, which can be edited."""
        self._site.record_edit(request, obj, "added", message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if message.changes:
            self._site.record_edit(request, obj, "changed", message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for row in queryset:
            self._site.record_edit(request, row, "deleted", Edit([]))

    def render_change_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who opens the page of a row reads what it says."""
        if row := kwargs.get("obj"):
            self._site.record_reading(request, row)
        return super().render_change_form(request, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The lines of the journal that are about the row, and about what belongs to it."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            # As the page of the row itself does.
            messages.warning(request, "Cette fiche n’existe pas, ou plus.")
            return redirect("admin:index")
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return self._site.history(request, self, row)

    @property
    def _site(self) -> JournalingSite:
        return cast(JournalingSite, self.admin_site)
