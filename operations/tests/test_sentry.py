"""What leaves for a Sentry, read as it would leave: the fault, and nobody."""

import json
import logging

import pytest
import sentry_sdk
from django.conf import settings
from django.test import Client
from sentry_sdk.transport import Transport

from accounts.models import User
from accounts.tests.factories import make_user
from operations import sentry
from operations.tests.violations.reports import BY_NEW, SECRET, enclosed, send

pytestmark = pytest.mark.django_db

DSN = "https://key@sentry.example/1"
CODE = "0000000000000"


class Letterbox(Transport):
    """Keeps the bytes that would have left."""

    sent: list[bytes]

    def capture_envelope(self, envelope):
        # Without the folder of the clone, which may have somebody's name.
        here = json.dumps(f"{settings.BASE_DIR}/").strip('"')
        self.sent.append(envelope.serialize().replace(here.encode(), b""))


@pytest.fixture
def sent(monkeypatch):
    monkeypatch.setattr(Letterbox, "sent", [], raising=False)
    sentry.start(DSN, transport=Letterbox)
    yield Letterbox.sent
    sentry_sdk.get_global_scope().set_client(None)


def event_of(envelope):
    """The last of its lines: headers come before."""
    return json.loads(envelope.splitlines()[2])


def ask(monkeypatch, trouble):
    """A page that fails with all that a request can carry."""
    monkeypatch.setattr("core.throttle.count", trouble)
    visitor = Client(raise_request_exception=False)
    visitor.cookies["device"] = "biscuit"
    return visitor.post(
        f"/accueil/?depuis=durand&code={CODE}",
        {"username": "camille", "password": "trois tulipes mauves"},
        headers={"Referer": "https://pass.example/rappels/secret/", "User-Agent": "telephone"},
    )


def test_a_page_that_breaks(sent, monkeypatch):
    somebody = make_user("camille", first_name="Garance", email="camille@famille.example")

    def broken(*given, **more):
        variable = [given, more, somebody.email]
        raise ValueError(f"{somebody.first_name} {variable}")

    answer = ask(monkeypatch, broken)

    [envelope] = sent
    event = event_of(envelope)
    assert event["level"] == "error"
    assert event["logger"] == "django.request"
    assert event["tags"] == {"request_id": answer["X-Request-ID"]}
    assert event["logentry"]["formatted"] == "Internal Server Error: accounts:login"
    [fault] = event["exception"]["values"]
    assert (fault["type"], fault["value"]) == ("ValueError", "")
    assert fault["stacktrace"]["frames"][-1]["function"] == "broken"
    assert set(event) <= {*sentry.KEPT, "tags", "logentry", "exception"}
    for theirs in ("camille", "garance", "durand", "tulipes", "biscuit", "secret", "telephone", CODE):
        assert theirs not in envelope.decode().lower()


def test_what_the_database_refuses(sent, monkeypatch):
    somebody = make_user("camille")
    ask(monkeypatch, lambda *_, **__: User.objects.create(username=somebody.username))

    cause, fault = event_of(sent[0])["exception"]["values"]
    assert (cause["module"], cause["value"]) != (fault["module"], fault["value"])
    assert (fault["module"], fault["type"]) == ("django.db.utils", "IntegrityError")
    assert "constraint" in fault["value"]
    assert "camille" not in sent[0].decode()


def test_a_worker_that_fails(sent):
    """newcomer.md 29 f: and in which version."""
    try:
        raise OSError("camille@famille.example refused")
    except OSError:
        logging.getLogger("core.tasks").exception("%s waits", "send")

    event = event_of(sent[0])
    assert event["release"] == settings.VERSION
    assert event["logentry"]["formatted"] == "send waits"
    assert event["exception"]["values"][0]["value"] == ""


def test_what_a_browser_held_back(sent):
    """The same facts as in the log; of the addresses that the browser tells, nothing."""
    send([enclosed(**BY_NEW)])

    [envelope] = sent
    event = event_of(envelope)
    assert event["logentry"]["formatted"] == "Held back by the CSP: script-src-elem"
    assert event["extra"] == {
        "directive": "script-src-elem",
        "blocked": "https://ailleurs.example:8443",
        "document": "accounts:activate_link",
        "source": "/static/js/session.0123abcd.js",
        "line": 12,
        "disposition": "enforce",
    }
    for theirs in (SECRET, "camille", "durand"):
        assert theirs not in envelope.decode()


def test_what_is_no_fault_is_not_told(client, sent, settings):
    client.get("/nulle-part/")
    settings.MAINTENANCE = True
    assert client.get("/").status_code == 503

    assert sent == []


def test_nothing_is_told_without_a_dsn(settings):
    assert settings.SENTRY_DSN == ""
    assert not sentry_sdk.is_initialized()
