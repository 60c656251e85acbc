"""Several counts in one statement."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Value


def counts(*some: QuerySet[Any]) -> list[int]:
    """How many rows each of them has, in their order: one question to the database instead of many."""
    if not some:
        return []
    first, *others = (
        rows.order_by()
        .annotate(place=Value(place, output_field=IntegerField()))
        .values_list("place")
        .annotate(number=Count("pk"))
        for place, rows in enumerate(some)
    )
    found = dict(first.union(*others, all=True).values_list("place", "number"))
    return [found.get(place, 0) for place in range(len(some))]
