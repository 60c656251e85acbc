"""Querysets whose SQL is worded once a process.

For the few rows of a page, Django takes longer to word a query than PostgreSQL to answer it. What every page
asks, it asks in the same words, of other values.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from itertools import chain
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, QuerySet, Value

Row = TypeVar("Row")


class Worded(Generic[Row]):
    """`open_on = Worded(lambda day: Campaign.objects.open_on(day))`; then `open_on(today)` reads the rows.

    `make` is called with what stands for the values: it can compare with them, not look at them. A list is
    for `in`, and reaches the database with its last value repeated: there is a wording for 1, 2, 4, 8… of
    them. Never for a lock: Django sees whether there is a transaction to hold it when it words it. Raises
    TypeError, at the first call.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        self._make = make
        self._wordings: dict[Any, _Wording[Row]] = {}

    def __call__(self, *asked: Any, using: str = DEFAULT_DB_ALIAS) -> list[Row]:
        values = [_filled(value) if isinstance(value, list) else value for value in asked]
        shape = using, *(len(value) if isinstance(value, list) else None for value in values)
        if shape not in self._wordings:
            self._wordings[shape] = _Wording(self._make(*_given(values)), using)
        return self._wordings[shape].rows(list(_flat(values)))


class _Given(Value):
    """Where a value will stand; the first one tells what kind of value it is."""

    def __init__(self, first: Any, place: int) -> None:
        # Of a small whole number Django would make one that cannot grow.
        super().__init__(first, output_field=BigIntegerField() if isinstance(first, int) else None)
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def among(self, values: Sequence[Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.place], connection)


def _filled(values: list[Any]) -> list[Any]:
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values)) if values else values


def _flat(values: Iterable[Any]) -> Iterable[Any]:
    return chain.from_iterable(value if isinstance(value, list) else [value] for value in values)


def _given(values: Iterable[Any]) -> list[Any]:
    given = (_Given(value, place) for place, value in enumerate(_flat(values)))
    return [[next(given) for _ in value] if isinstance(value, list) else next(given) for value in values]


class _Wording(Generic[Row]):
    """Django's compiler of a queryset after its work, which gives the same SQL again, and the next values."""

    def __init__(self, queryset: QuerySet[Any, Row], using: str) -> None:
        words: Any = queryset
        if words.query.select_for_update or words._prefetch_related_lookups:
            raise TypeError("A lock and a prefetch are worded at each call.")
        # Models, or the tuples of `values_list`.
        self._iterable = words._iterable_class
        self._using = using
        self._compiler = queryset.query.get_compiler(using)
        try:
            self._sql, self._parameters = self._compiler.as_sql()
        except EmptyResultSet:
            self._sql = ""

    def rows(self, values: Sequence[Any]) -> list[Row]:
        if not self._sql:
            return []
        connection = connections[self._using]
        parameters = [
            one.among(values, connection) if isinstance(one, _Given) else one for one in self._parameters
        ]
        compiler: Any = copy(self._compiler)
        # That of this thread.
        compiler.connection = connection
        compiler.as_sql = lambda: (self._sql, parameters)
        return list(self._iterable(_Compiled(compiler, self._using)))


class _Compiled:
    """All that Django's iterables ask of a queryset, and of its query."""

    _fields = ()
    _known_related_objects: ClassVar[dict[Any, Any]] = {}

    def __init__(self, compiler: Any, using: str) -> None:
        self._compiler, self.db = compiler, using

    @property
    def query(self) -> "_Compiled":
        return self

    def get_compiler(self, using: str) -> Any:
        return self._compiler
