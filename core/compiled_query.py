"""Caches the SQL of a queryset; later calls only bind parameters.

For the few rows of a page, Django takes longer to compile a query than PostgreSQL to answer it. This reads
private parts of Django: where another Django has none of them, the queryset itself answers, and it is logged.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from itertools import chain
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import BigIntegerField, QuerySet, Value
from django.db.transaction import TransactionManagementError

logger = logging.getLogger(__name__)

Row = TypeVar("Row")
OUTSIDE = "A row is locked in a transaction."


class NotCompilable(TypeError):
    """What would not be done each time."""


class CompiledQuery(Generic[Row]):
    """`open_on = CompiledQuery(lambda day: Campaign.objects.open_on(day))`, then
    `open_on(today)` reads the rows.

    `make` is called with placeholders: it can compare with them, not look at their values. A list is for
    `in`, and is padded with its last value, so that SQL is compiled for 1, 2, 4, 8… values only. Of a lock,
    each call is in a transaction: raises TransactionManagementError. Never with a prefetch: raises
    NotCompilable, at the first call.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        self._make = make
        self._by_shape: dict[Any, _CompiledSQL[Row]] = {}
        self._is_understood = True

    def __call__(self, *asked: Any, using: str = DEFAULT_DB_ALIAS) -> list[Row]:
        if self._is_understood:
            try:
                return self._compiled(asked, using)
            except (DatabaseError, NotCompilable):
                raise
            except Exception as trouble:  # noqa: BLE001 – whatever a private part becomes
                # Values that are no values are refused here too.
                rows = self._plain(asked, using)
                self._is_understood = False
                _tell_once(trouble)
                return rows
        return self._plain(asked, using)

    def _plain(self, asked: tuple[Any, ...], using: str) -> list[Row]:
        return list(self._make(*asked).using(using))

    def _compiled(self, asked: tuple[Any, ...], using: str) -> list[Row]:
        values = [_padded(value) if isinstance(value, list) else value for value in asked]
        shape = using, *(len(value) if isinstance(value, list) else None for value in values)
        if shape not in self._by_shape:
            self._by_shape[shape] = _CompiledSQL(self._make(*_placeholders(values)), using)
        return self._by_shape[shape].rows(list(_flat(values)))


def _tell_once(trouble: Exception) -> None:
    """Of each query in each process: it is asked as it is from then on."""
    logger.error("This Django does not bear a compiled query: its queryset answers", exc_info=trouble)


class _Placeholder(Value):
    """A bound parameter; its type is that of the first value."""

    def __init__(self, first: Any, place: int) -> None:
        # Of a small whole number Django would make one that cannot grow.
        super().__init__(first, output_field=BigIntegerField() if isinstance(first, int) else None)
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def among(self, values: Sequence[Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.place], connection)


def _padded(values: list[Any]) -> list[Any]:
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values)) if values else values


def _flat(values: Iterable[Any]) -> Iterable[Any]:
    return chain.from_iterable(value if isinstance(value, list) else [value] for value in values)


def _placeholders(values: Iterable[Any]) -> list[Any]:
    placeholders = (_Placeholder(value, place) for place, value in enumerate(_flat(values)))
    return [
        [next(placeholders) for _ in value] if isinstance(value, list) else next(placeholders)
        for value in values
    ]


class _CompiledSQL(Generic[Row]):
    """A queryset compiled once, executed with other parameters each time."""

    def __init__(self, queryset: QuerySet[Any, Row], using: str) -> None:
        untyped: Any = queryset
        if untyped._prefetch_related_lookups:
            raise NotCompilable("A prefetch cannot be compiled once.")
        self._locks = queryset.query.select_for_update
        # Models, or the tuples of `values_list`.
        self._iterable = untyped._iterable_class
        self._using = using
        self._compiler = queryset.query.get_compiler(using)
        try:
            self._sql, self._parameters = self._compiler.as_sql()
        except EmptyResultSet:
            self._sql = ""
            return
        columns = self._compiler.select[: self._compiler.col_count]
        self._converters = self._compiler.get_converters([column for column, *_ in columns])

    def rows(self, values: Sequence[Any]) -> list[Row]:
        if not self._sql:
            return []
        connection = connections[self._using]
        # Django checks when it compiles: outside of a transaction the lock would end with its statement.
        if self._locks and connection.features.has_select_for_update and connection.get_autocommit():
            raise TransactionManagementError(OUTSIDE)
        parameters = [
            one.among(values, connection) if isinstance(one, _Placeholder) else one
            for one in self._parameters
        ]
        compiler: Any = copy(self._compiler)
        # Use the current thread's connection.
        compiler.connection = connection
        compiler.execute_sql = lambda *_, **__: [_fetched(connection, self._sql, parameters)]
        compiler.get_converters = lambda _: self._converters
        return list(self._iterable(_CompiledQuerySet(compiler, self._using)))


def _fetched(connection: Any, sql: str, parameters: Sequence[Any]) -> list[Any]:
    """All at once: they are those of a page."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[Any] = cursor.fetchall()
        return rows


class _CompiledQuerySet:
    """The part of a queryset, and of its query, that Django's iterables read."""

    _fields = ()
    _known_related_objects: ClassVar[dict[Any, Any]] = {}

    def __init__(self, compiler: Any, using: str) -> None:
        self._compiler, self.db = compiler, using

    @property
    def query(self) -> "_CompiledQuerySet":
        return self

    def get_compiler(self, using: str) -> Any:
        return self._compiler
