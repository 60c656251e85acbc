"""The logs tell which page failed and where, and nothing that is anybody's."""

import json
import logging
import sys
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, OperationalError
from django.test import Client

from accounts.models import User
from accounts.tests.factories import make_user
from operations.logs import Json, speak_for_commands

from .faults import SECRET, fails_with

pytestmark = pytest.mark.django_db


def log(message, *arguments, **options):
    logging.getLogger("a.library").warning(message, *arguments, **options)


@pytest.mark.parametrize(
    "path",
    [
        "/accueil/premiere-connexion/camille/{}/",
        "/accueil/premiere-connexion/camille/{}/et-de-trop/",
        "/mon-compte/e-mail/{}/",
        "/mon-compte/e-mail/ce-n-est-pas-moi/{}/",
        "/T/{}/",
        "/T/{}",
        "/nulle-part/{}/?code={}",
        "/camille%C3%A9/{}/",
        "/%00{}",
    ],
)
def test_a_page_that_is_refused(client, written, lines, path):
    client.force_login(make_user())
    client.get(path.format(SECRET, SECRET), {"encore": "camille"})

    assert lines()
    assert SECRET not in written()
    assert "camille" not in written()


def test_a_forged_form(written, lines):
    stranger = Client(enforce_csrf_checks=True)
    stranger.post(
        "/accueil/", {"username": "camille"}, headers={"Referer": f"https://ailleurs.example/{SECRET}"}
    )

    assert lines()[0]["message"].startswith("Forbidden (CSRF cookie not set.): accounts:login")
    assert SECRET not in written()
    assert "camille" not in written()


def test_a_page_that_breaks_says_where_and_not_with_what(visitor, written, lines, monkeypatch):
    fails_with(monkeypatch, ValueError("Camille DURAND"))
    visitor.get(f"/accueil/premiere-connexion/camille/{SECRET}/?nom=Durand", headers={"Cookie": "a=durand"})

    failed, _ = lines()
    assert failed["level"] == "ERROR"
    assert failed["message"] == "Internal Server Error: accounts:activate_link"
    assert failed["exception"].startswith("ValueError\n")
    assert "accounts/views/activation.py" in failed["exception"]
    for theirs in (SECRET, "amille", "urand", "DURAND"):
        assert theirs not in written()


def test_what_the_database_refuses(visitor, written, lines, monkeypatch):
    """PostgreSQL names the row, SQLite the columns; both name a constraint, and that is enough."""
    somebody = make_user("camille")

    def twice(**_):
        User.objects.create(username=somebody.username.upper(), email=somebody.email)

    monkeypatch.setattr("accounts.services.exchange_code", twice)
    visitor.get(f"/accueil/premiere-connexion/camille/{SECRET}/")

    assert "constraint" in lines()[0]["exception"]
    assert somebody.username not in written().lower()


def test_the_causes_of_a_fault_are_told_too(lines):
    who = "camille@famille.example"
    try:
        try:
            raise SMTPRecipientsRefused({who: (550, b"unknown")})
        except SMTPRecipientsRefused as cause:
            raise RuntimeError(who) from cause
    except RuntimeError:
        log("It failed", exc_info=True)

    told = lines()[0]["exception"]
    assert [line for line in told.splitlines() if not line.startswith(" ")] == [
        "RuntimeError",
        "smtplib.SMTPRecipientsRefused",
    ]
    assert "camille" not in told


def test_causes_in_a_circle(lines):
    first, second = ValueError(), ValueError()
    first.__cause__, second.__cause__ = second, first
    log("It failed", exc_info=first)

    assert lines()[0]["exception"].count("ValueError") == 5


@pytest.mark.parametrize(
    "fault",
    [
        IntegrityError('violates unique constraint "once"\nDETAIL: Key (username)=(camille) already exists.'),
        OperationalError("canceling statement due to lock timeout\nCONTEXT: (camille)"),
        SuspiciousOperation("camille"),
        KeyError("camille"),
        LookupError("camille"),
        UnicodeDecodeError("utf-8", b"camille", 0, 1, "camille"),
    ],
)
def test_the_words_of_a_fault(lines, fault):
    log("It failed", exc_info=fault)

    assert "camille" not in lines()[0]["exception"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("to camille.durand@famille.example: refused", "to … refused"),
        ("ticket 7K4F-9PQ2-MNBV-C and 7K4F9PQ2MNBVC", "ticket … and …"),
        ("Error handling request /T/7K4F9PQ2MNBVC/?nom=camille", "Error handling request …"),
        (
            "Invalid request from ip=192.0.2.7: 'GET /camille' is none",
            "Invalid request from … 'GET …' is none",
        ),
        ("see https://pass.example/rappels/camille/", "see …"),
        ("Import 12 was stopped, 1/2 done", "Import 12 was stopped, 1/2 done"),
    ],
)
def test_the_words_of_a_library(lines, said, told):
    log(said)

    assert lines()[0]["message"] == told


def test_nothing_else_of_a_record_gets_through(written):
    log("Done", extra={"user": make_user("camille"), "facts": {"route": "accounts:login"}})

    assert "camille" not in written()
    assert json.loads(written())["route"] == "accounts:login"


def test_gunicorn_speaks_like_us_inside_a_worker():
    gunicorn = logging.getLogger("gunicorn.error")

    assert any(isinstance(handler.formatter, Json) for handler in gunicorn.handlers)
    assert not gunicorn.propagate


@pytest.mark.parametrize(("looked_at", "by_a_log"), [(False, True), (True, False)])
def test_a_command_that_breaks(written, monkeypatch, capsys, looked_at, by_a_log):
    # From Python 3.13 on a traceback has colours where somebody looks.
    monkeypatch.setenv("PYTHON_COLORS", "0")
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: looked_at)
    speak_for_commands()
    try:
        raise LookupError(*["camille"])
    except LookupError:
        sys.excepthook(*sys.exc_info())

    assert ("A command broke" in written()) == by_a_log
    assert ("LookupError: camille" in capsys.readouterr().err) != by_a_log
