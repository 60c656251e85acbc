from types import SimpleNamespace

import pytest

from operations.doctor import clocks, connection_numbers, database


@pytest.fixture
def on_postgresql(monkeypatch):
    """`on_postgresql(*row, pool=8)`: whatever this database is, it answers that row to any question."""

    def pretend(*row, pool=8):
        facts = {"OPTIONS": {"pool": {"max_size": pool}}}
        for module in (database, clocks, connection_numbers):
            monkeypatch.setattr(
                module, "connection", SimpleNamespace(vendor="postgresql", settings_dict=facts)
            )
        monkeypatch.setattr(database, "first_row", lambda query: row)
        monkeypatch.setenv("DATABASE_URL", "postgres://passplus@127.0.0.1/passplus")

    return pretend
