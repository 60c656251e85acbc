from operations.doctor import connection_numbers

from .faults import wrong


def test_more_connections_than_postgresql_gives(on_postgresql, monkeypatch):
    monkeypatch.setenv("WEB_CONCURRENCY", "12")
    on_postgresql("100", "3")
    with wrong("101 connexions au plus (12 processus × 8, + 5), PostgreSQL en donne 97", "WEB_CONCURRENCY"):
        connection_numbers.check()

    on_postgresql("104", "3")
    assert connection_numbers.check() == "101 au plus, sur 101"


def test_fewer_connections_than_threads(on_postgresql):
    on_postgresql("100", "3", pool=2)
    with wrong("DATABASE_POOL=2, mais un processus a 4 fils", "DATABASE_POOL=4"):
        connection_numbers.check()
