"""Where somebody holds the wallet for too long, the family reads what to do, and nothing was spent."""

import re
import threading
import uuid
from contextlib import contextmanager
from html import unescape
from unittest.mock import Mock

import psycopg
import pytest
from django.db import InternalError, OperationalError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from psycopg import errors

from accounts.tests.factories import make_beneficiary, make_user
from tickets import services
from tickets.models import Order, Ticket
from wallets.models import Wallet
from wallets.tests.factories import make_wallet

SECONDS = 10


@contextmanager
def held(wallet):
    """Somebody else has locked the wallet, and is in no hurry."""
    locked, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Wallet.objects.locked().get(pk=wallet.pk)
            locked.set()
            done.wait(SECONDS)
        connections.close_all()

    somebody = threading.Thread(target=hold)
    somebody.start()
    locked.wait(SECONDS)
    try:
        yield
    finally:
        done.set()
        somebody.join()


LIMITS = ["lock_timeout", "statement_timeout"] if connection.vendor == "postgresql" else ["busy_timeout"]


@pytest.fixture(params=LIMITS)
def impatient(request):
    """As in production, in a fraction of a second."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET {request.param} = '200ms'")
            yield
            # The connection goes back to the pool, and on to somebody else.
            cursor.execute(f"RESET {request.param}")
        else:
            cursor.execute("PRAGMA busy_timeout = 200")
            yield
            cursor.execute("PRAGMA busy_timeout = 5000")


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


def hidden_fields(page):
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in fields}


@pytest.mark.django_db(transaction=True)
def test_a_wallet_that_is_held(browser, impatient):
    parent = make_user()
    wallet = make_wallet("60", beneficiary=make_beneficiary(parent))
    browser.force_login(parent)
    address = reverse("tickets:create_paper", args=[wallet.beneficiary.public_id, wallet.pk])
    form = {"key": str(uuid.uuid4()), "amount": "12,50"}

    with held(wallet):
        answer = browser.post(address, form)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "Le service est très demandé" in answer.text
    assert not Order.objects.exists()
    again = hidden_fields(answer.text)
    assert again.pop("csrfmiddlewaretoken")
    assert again == form

    for _ in range(2):
        assert browser.post(address, again).status_code == 302
    assert Ticket.objects.count() == 1
    wallet.refresh_from_db()
    assert str(wallet.balance) == "47.50"


@pytest.mark.django_db
def test_a_form_without_a_key_is_not_repeated(browser, monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr("core.throttle.count", busy)
    answer = browser.post("/accueil/", {"username": "camille", "password": "trois tulipes mauves"})

    assert answer.status_code == 503
    assert "tulipes" not in answer.text
    assert 'href=""' in answer.text


@pytest.mark.django_db
def test_a_database_that_is_away_before_any_view(browser, monkeypatch):
    parent = make_user()
    child = make_beneficiary(parent)
    browser.force_login(parent)

    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("accounts.sessions.SessionStore.load", away)

    assert browser.get(reverse("tickets:home", args=[child.public_id])).status_code == 503


def raised_from(cause, kind):
    """As Django makes it of what psycopg says."""
    trouble = kind(str(cause))
    trouble.__cause__ = cause
    return trouble


NOTHING, UNKNOWN = "Rien n’a été enregistré", "Nous ne savons pas si votre demande a abouti"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cause", "kind", "said"),
    [
        (errors.LockNotAvailable("lock timeout"), OperationalError, NOTHING),
        # A replica that is about to become the primary.
        (errors.ReadOnlySqlTransaction("cannot execute INSERT"), InternalError, NOTHING),
        # It may have broken after the commit, before the answer.
        (psycopg.OperationalError("server closed the connection unexpectedly"), OperationalError, UNKNOWN),
        (errors.AdminShutdown("terminating connection"), OperationalError, UNKNOWN),
        (errors.ProtocolViolation("server conn crashed?"), OperationalError, UNKNOWN),
        (psycopg.InternalError("received 2 results from command 'COMMIT'"), InternalError, UNKNOWN),
    ],
)
def test_a_family_is_told_what_is_known(browser, monkeypatch, cause, kind, said):
    wallet = make_wallet("60", beneficiary=make_beneficiary(parent := make_user()))
    browser.force_login(parent)
    monkeypatch.setattr(services, "order", Mock(side_effect=raised_from(cause, kind)))
    address = reverse("tickets:create_paper", args=[wallet.beneficiary.public_id, wallet.pk])
    form = {"key": str(uuid.uuid4()), "amount": "10"}
    answer = browser.post(address, form)

    assert answer.status_code == 503
    assert said in answer.text
    assert hidden_fields(answer.text)["key"] == form["key"]


@pytest.mark.django_db
def test_who_only_looks_has_changed_nothing(browser, monkeypatch):
    lost = raised_from(psycopg.OperationalError("the connection is closed"), OperationalError)
    monkeypatch.setattr("partners.views.directory.answer", Mock(side_effect=lost))

    assert NOTHING in browser.get("/partenaires/").text


@pytest.mark.django_db
def test_another_fault_is_still_ours(browser, monkeypatch):
    wallet = make_wallet("60", beneficiary=make_beneficiary(parent := make_user()))
    browser.force_login(parent)
    monkeypatch.setattr(services, "order", lambda **_: 1 / 0)
    address = reverse("tickets:create_paper", args=[wallet.beneficiary.public_id, wallet.pk])
    answer = browser.post(address, {"key": str(uuid.uuid4()), "amount": "10"})

    assert answer.status_code == 500
    assert "Un problème chez nous" in answer.text
