"""Reads that belong together, where each transaction may be served by another copy of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.conf import settings
from django.db import connections, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[[HttpRequest], HttpResponseBase]


@contextmanager
def one_server(using: str) -> Iterator[None]:
    """All that is read in it comes from one server, which only goes forward.

    Behind PgBouncer, in transaction mode over two replicas, each statement alone may come from another one:
    a version from the one ahead, its rows from the one behind.
    """
    if connections[using].vendor == "sqlite":
        # There is one, and a transaction would take the place of whoever writes.
        yield
        return
    with transaction.atomic(using=using):
        yield


def from_one_server(view: View) -> View:
    """For a page whose ETag is read apart from what it shows. It asks the replica alone."""

    @wraps(view)
    def page(request: HttpRequest) -> HttpResponseBase:
        with one_server(settings.REPLICA):
            return view(request)

    return page
