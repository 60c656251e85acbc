"""What the machines that watch over Pass+ are told: it lives, it is ready, how it does."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from operations.probes import missing_migrations

TOKEN = "of-no-use-outside-the-tests"
PATHS = ["/healthz", "/readyz", "/metrics"]


@pytest.fixture
def watcher(settings):
    """As production has it, and asked as a load balancer asks: in clear, by the address of the machine."""
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["pass.example"]
    settings.METRICS_TOKEN = TOKEN
    return Client(headers={"Host": "192.0.2.7:8000", "Authorization": f"Bearer {TOKEN}"})


@pytest.fixture
def away(monkeypatch):
    """The database does not answer."""

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused by camille")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", refuse)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_each_answers_where_a_page_would_not(watcher, path):
    answer = watcher.get(path)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Type"].startswith("text/plain")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer.cookies == {}
    # The control: of the same watcher a page would want TLS, and our name.
    assert watcher.get("/accueil/").headers["Location"] == "https://pass.example/accueil/"


@pytest.mark.parametrize("path", PATHS)
def test_they_are_read_only(watcher, path):
    assert watcher.post(path).status_code == 405


def test_alive_without_any_query(watcher):
    """This test has no database: a query would fail it."""
    assert watcher.get("/healthz").content == b"alive\n"


@pytest.mark.django_db
def test_ready(watcher):
    assert watcher.get("/readyz").content == b"ready\n"
    assert missing_migrations() == set()


def test_not_ready_without_the_database(watcher, away, caplog):
    answer = watcher.get("/readyz")

    assert (answer.status_code, answer.content) == (503, b"not ready\n")
    assert "Not ready: the database does not answer" in caplog.text
    assert watcher.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_not_ready_before_the_migrations(watcher, caplog):
    MigrationRecorder(connection).record_unapplied("tickets", "0001_initial")
    answer = watcher.get("/readyz")

    assert (answer.status_code, answer.content) == (503, b"not ready\n")
    assert "Not ready: 1 migrations are missing" in caplog.text


def test_ready_during_a_maintenance_without_any_query(watcher, settings):
    settings.MAINTENANCE = True

    assert watcher.get("/readyz").content == b"ready\n"
    assert watcher.get("/healthz").status_code == 200


def test_no_metrics_without_a_token_in_the_settings(watcher, settings):
    settings.METRICS_TOKEN = ""

    assert watcher.get("/metrics").status_code == 404
    assert watcher.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", ["", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"])
def test_no_metrics_for_who_does_not_have_it(watcher, given):
    answer = watcher.get("/metrics", headers={"Authorization": given})

    assert (answer.status_code, answer.content) == (401, b"")


def test_metrics_without_the_database(watcher, away):
    told = watcher.get("/metrics").text

    assert "passplus_database_up 0.0" in told
    assert "passplus_requests_total" in told
    assert "passplus_outbox_messages" not in told
