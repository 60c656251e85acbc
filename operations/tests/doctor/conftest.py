from types import SimpleNamespace

import pytest

from operations.doctor import clocks, connection_numbers, database


@pytest.fixture
def on_postgresql(monkeypatch):
    """`on_postgresql(*row)`: whatever this database is, it answers that row to any question."""

    def pretend(*row):
        facts = {"OPTIONS": {"pool": {"max_size": 8}}}
        for module in (database, clocks, connection_numbers):
            monkeypatch.setattr(
                module, "connection", SimpleNamespace(vendor="postgresql", settings_dict=facts)
            )
        monkeypatch.setattr(database, "first_row", lambda query: row)

    return pretend
