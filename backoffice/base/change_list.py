"""The list of an admin class: its search form, its counts, and what it refuses to be asked."""

import re
from typing import Any, cast

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList, ChangeListSearchForm
from django.http import HttpRequest

from core.forms import NameField
from core.keys_first import KeysFirstPaginator
from core.money import ZERO, euros

from .period_filter import FIRST_YEAR, LAST_YEAR

# A key of 64 bits has fewer.
TOO_MANY_DIGITS = re.compile(r"-?[0-9]{19,}")


class SearchForm(ChangeListSearchForm):
    """What is looked for comes from a letter, a message, another window."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SEARCH_VAR] = NameField(required=False)


class StrictChangeList(ChangeList):
    """What no list can answer leads back to the list, instead of a 500."""

    search_form_class = SearchForm

    @property
    def counted(self) -> str:
        """« 0 compte », « 16 lignes du journal »: below 2 French is singular."""
        counted = cast(Any, self.model_admin).counted
        one, many = counted or (self.opts.verbose_name, self.opts.verbose_name_plural)
        return str(many if self.result_count > 1 else one)

    @property
    def total(self) -> str:
        """The euros of what a narrowed list shows, all its pages."""
        paginator = cast(KeysFirstPaginator, self.paginator)
        return euros(paginator.total or ZERO) if paginator.summed else ""

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
