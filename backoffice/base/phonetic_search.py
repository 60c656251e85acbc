"""Phonetic search of names, as the hotline hears them; used where an exact search finds nothing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from core.phonetics import most_alike

from .model_admin import BaseAdmin


class MisheardAdmin(BaseAdmin):
    """Searches its list by what is known, then, if that finds nobody, among the names that are most alike."""

    names = ("last_name", "first_name")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        # Who was anonymised is nobody to be found: the money leads there still.
        queryset = queryset.filter(anonymised_at=None)
        if not search_term:
            return queryset, False
        self.record_search(request, search_term)
        found = queryset.filter(pk__in=self.known_as(search_term))
        return found if found.exists() else most_alike(queryset, self.names, search_term), False

    def known_as(self, said: str) -> QuerySet[Any]:
        """The ids of the rows that are exactly meant."""
        raise NotImplementedError
