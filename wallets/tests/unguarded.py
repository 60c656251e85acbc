"""What keeps two people apart, taken away: for the controls of the races."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.db import connection, connections

from wallets import services
from wallets.models import Wallet, WalletQuerySet


def patience() -> int:
    """Seconds for which two wait for each other where nothing keeps them apart, on a busy machine.

    SQLite lets one write: who has written before waits there in vain.
    """
    return 20 if connection.vendor == "postgresql" else 8


@contextmanager
def no_lock() -> Iterator[None]:
    """`locked` locks no row, a debit asks no balance, and SQLite queues only those who write: for connections
    opened meanwhile.
    """
    with ExitStack() as stack:
        stack.enter_context(patch.object(WalletQuerySet, "locked", lambda wallets: wallets.all()))
        stack.enter_context(
            patch.object(services, "_wallet_with_at_least", lambda _, pk: Wallet.objects.filter(pk=pk))
        )
        if connection.vendor == "sqlite":
            options = connections.settings["default"]["OPTIONS"]
            stack.enter_context(patch.dict(options, transaction_mode="DEFERRED"))
        yield
