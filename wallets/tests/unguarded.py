"""What keeps two people apart, taken away: for the controls of the races."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.db import connection, connections

from wallets.models import WalletQuerySet


@contextmanager
def no_lock() -> Iterator[None]:
    """`locked` locks no row, and SQLite queues only those who write: for connections opened meanwhile."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(WalletQuerySet, "locked", lambda wallets: wallets.all()))
        if connection.vendor == "sqlite":
            options = connections.settings["default"]["OPTIONS"]
            stack.enter_context(patch.dict(options, transaction_mode="DEFERRED"))
        yield
