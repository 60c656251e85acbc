"""The pages of a list: the last one of a million rows comes as fast as the first."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum, Window


class KeysFirstPaginator(Paginator):
    """Skips keys, which an index has, instead of whole rows with all that is joined to them.

    `whole` is the list before it was searched: what has a key is read there, and not looked for again.
    `summed` is a column whose `total` is counted with the rows. `costly` is what takes longer to find than to
    count: the keys of the first page come with the count.
    """

    def __init__(
        self,
        object_list: QuerySet[Any],
        per_page: int,
        *args: Any,
        whole: QuerySet[Any] | None = None,
        summed: str = "",
        costly: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(object_list, per_page, *args, **kwargs)
        self.found, self.whole, self.summed, self.costly = object_list, whole, summed, costly

    @cached_property
    def _counted(self) -> dict[str, Any]:
        sums = {"total": Sum(self.summed)} if self.summed else {}
        if self.costly:
            return self._counted_with_keys(sums)
        return self.found.order_by().aggregate(count=Count("*"), **sums)

    def _counted_with_keys(self, sums: dict[str, Any]) -> dict[str, Any]:
        counts = {"count": Count("*"), **sums}
        over_all = {name: Window(one) for name, one in counts.items()}
        rows = list(self.found.annotate(**over_all).values("pk", *over_all)[: self.per_page])
        counted = {name: rows[0][name] for name in over_all} if rows else {"count": 0}
        return counted | {"keys": [row["pk"] for row in rows]}

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
        if first == 0 and "keys" in self._counted:
            return list(self._counted["keys"])
        keys = self.found.values_list("pk", flat=True)
        if first < self.count / 2:
            return list(keys[first:end])
        return list(keys.reverse()[self.count - end : self.count - first])
