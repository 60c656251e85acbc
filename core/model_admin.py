"""The ModelAdmin that our admin classes derive from: a list is filtered by what it shows, by nothing else."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.db.models import DateField, Model
from django.forms import ModelForm
from django.http import HttpRequest

FIRST_YEAR, LAST_YEAR = 1900, 2200
# A key of 64 bits has fewer.
TOO_MANY_DIGITS = re.compile(r"-?[0-9]{19,}")


class StrictChangeList(ChangeList):
    """What no list can answer leads back to the list, instead of a 500."""

    def get_filters(self, request: HttpRequest) -> Any:
        """Raises IncorrectLookupParameters: Django 5.2 breaks down over numbers that no date or key has."""
        for name, values in self.get_filters_params().items():
            is_date = name.startswith(f"{self.date_hierarchy}__")
            for value in values:
                if TOO_MANY_DIGITS.fullmatch(value) or (is_date and not _is_date_part(name, value)):
                    raise IncorrectLookupParameters(name)
        return super().get_filters(request)


def _is_date_part(name: str, value: str) -> bool:
    if not (value.isascii() and value.isdecimal() and len(value) <= 4):
        return False
    return not name.endswith("__year") or FIRST_YEAR <= int(value) <= LAST_YEAR


class BaseAdmin(admin.ModelAdmin):
    """Lookups in the address of a list are a closed set.

    Django lets any column of the list's own table be asked about by the address, those that no page shows
    too: a password's hash is read letter by letter with `password__startswith`.
    """

    def save_changes(self, obj: Model, form: ModelForm, *along: str) -> None:
        """Write what the form changed, and the fields `along` with it: what others wrote meanwhile stays."""
        columns = {field.name for field in self.opts.concrete_fields}
        obj.save(update_fields=(columns & set(form.changed_data)) | set(along))

    # Other lookups that links of ours use.
    linked_by: tuple[str, ...] = ()

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
            if isinstance(one, type):
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
