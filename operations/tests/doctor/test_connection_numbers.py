import runpy

from django.conf import settings

from operations.doctor import connection_numbers
from passplus import databases

from .faults import wrong


def test_more_connections_than_postgresql_gives(on_postgresql, monkeypatch):
    monkeypatch.setenv("WEB_CONCURRENCY", "12")
    on_postgresql("100", "3")
    with wrong("101 connexions au plus (12 processus × 8, + 5), PostgreSQL en donne 97", "WEB_CONCURRENCY"):
        connection_numbers.check()

    on_postgresql("104", "3")
    assert connection_numbers.check() == "101 au plus, sur 101"


def test_no_thread_waits_for_a_connection_of_another():
    gunicorn = runpy.run_path(str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py"))

    assert gunicorn["threads"] <= databases.POOL
