"""The pages of a list: the last one of a million rows comes as fast as the first."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum


class KeysFirstPaginator(Paginator):
    """Skips keys, which an index has, instead of whole rows with all that is joined to them.

    `whole` is the list before it was searched: what has a key is read there, and not looked for again.
    `summed` is a column whose `total` is counted with the rows.
    """

    def __init__(
        self,
        object_list: QuerySet[Any],
        per_page: int,
        *args: Any,
        whole: QuerySet[Any] | None = None,
        summed: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(object_list, per_page, *args, **kwargs)
        self.found, self.whole, self.summed = object_list, whole, summed

    @cached_property
    def _counted(self) -> dict[str, Any]:
        sums = {"total": Sum(self.summed)} if self.summed else {}
        return self.found.order_by().aggregate(count=Count("*"), **sums)

    @property
    def count(self) -> int:
        return int(self._counted["count"])

    @property
    def total(self) -> Any:
        return self._counted.get("total")

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self._keys(first, min(first + self.per_page, self.count))
        if self.whole is None:
            return Page(self.found.filter(pk__in=keys), number, self)
        rows = self.whole.filter(pk__in=keys).order_by(*self.found.query.order_by)
        rows.query.select_related = self.found.query.select_related
        return Page(rows, number, self)

    def _keys(self, first: int, end: int) -> list[Any]:
        """From the nearer end of the list."""
        keys = self.found.values_list("pk", flat=True)
        if first < self.count / 2:
            return list(keys[first:end])
        return list(keys.reverse()[self.count - end : self.count - first])
