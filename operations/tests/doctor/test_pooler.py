import pytest

from operations.doctor import connection_numbers, pooler

from .faults import wrong


@pytest.fixture
def behind_a_pooler(settings, on_postgresql, monkeypatch):
    """`behind_a_pooler(mode="session")`: PgBouncer says so, PostgreSQL gives 97 connections."""

    def pretend(mode="transaction", clients=200, size=20):
        settings.DATABASE_POOLER = True
        on_postgresql("100", "3")
        monkeypatch.setenv("WEB_CONCURRENCY", "3")
        told = {
            "SHOW CONFIG": [
                {"key": "pool_mode", "value": mode},
                {"key": "max_client_conn", "value": str(clients)},
            ],
            "SHOW DATABASES": [
                {"name": "passplus", "pool_size": size, "reserve_pool": 0},
                {"name": "passplus_replica", "pool_size": size, "reserve_pool": 0},
                {"name": "pgbouncer", "pool_size": 2, "reserve_pool": 0},
            ],
        }
        monkeypatch.setattr(pooler, "_ask_pooler", told.__getitem__)

    return pretend


def test_a_pooler(behind_a_pooler):
    behind_a_pooler()

    assert connection_numbers.check() == (
        "29 au plus vers PgBouncer, 40 de lui vers PostgreSQL, qui en donne 97\N{NO-BREAK SPACE}: "
        "2 machines au plus"
    )


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"mode": "session"}, "PgBouncer est en mode session"),
        ({"clients": 28}, "29 connexions au plus vers PgBouncer, qui en accepte 28"),
        ({"size": 50}, "PgBouncer ouvre jusqu’à 100 connexions, PostgreSQL en donne 97"),
    ],
)
def test_a_pooler_that_is_not_as_we_need_it(behind_a_pooler, facts, fault):
    behind_a_pooler(**facts)

    with wrong(fault, "pgbouncer.ini" if "mode" not in facts else "pool_mode = transaction"):
        connection_numbers.check()
