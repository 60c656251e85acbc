"""Whether an account exists is told neither by words, nor by a status, nor by the time that it takes."""

import re
import statistics
import time
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import identifiers, services, throttle_policies
from accounts.models import User
from accounts.tests.factories import make_user
from core import codes
from core.throttle_policy import SECOND, Limit, ThrottlePolicy

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def people(settings, monkeypatch):
    """One of each sort that a door may meet; with the hasher and the outbox of production, and nobody who has
    to wait."""
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2id"]
    hashed = make_password("un bon mot de passe")
    sorts: dict[str, dict[str, Any]] = {
        "active": {"password": hashed},
        "closed": {"password": hashed, "is_active": False},
        "never-came": {},
    }
    for username, fields in sorts.items():
        user = make_user(username, password=None)
        User.objects.filter(pk=user.pk).update(**fields)
    services.new_access_codes(user_ids=list(User.objects.values_list("pk", flat=True)))
    limit = Limit(10**6, SECOND, SECOND, SECOND)
    for name in ("LOGIN", "FORGOTTEN", "ACTIVATION", "SIGN_UP"):
        policy = ThrottlePolicy(name, account=limit, network=limit)
        monkeypatch.setattr(throttle_policies, name, policy)
    return ["active", "closed", "never-came"]


def log_in(username):
    return Client().post("/accueil/", {"username": username, "password": "ce n’est pas lui"})


def ask(username):
    return Client().post("/accueil/identifiants-oublies/", {"contact": username})


def activate(username):
    sent = {"username": username, "code": codes.complete("0" * codes.LENGTH)}
    return Client().post("/accueil/premiere-connexion/", sent)


def sign_up(username):
    return Client().post("/accueil/pas-encore-inscrit/", {"email": f"{username}@famille.example"})


def become_partner(username):
    return Client().post("/devenir-partenaire/", {"email": f"{username}@famille.example"})


DOORS = [log_in, ask, activate, sign_up, become_partner]
# How often each is tried, and by which share one may differ: where nothing is hashed, little gives one away.
ROUNDS = {log_in: 15, ask: 60, activate: 15, sign_up: 60, become_partner: 60}
CLOSE = {log_in: 0.35, ask: 0.1, activate: 0.35, sign_up: 0.1, become_partner: 0.1}


@pytest.mark.parametrize("door", DOORS)
def test_neither_words_nor_status(people, door):
    def said(username):
        response = door(username)
        # Tokens and request ids differ each time; what was typed comes back.
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
        return response.status_code, response.get("Location"), text.replace(username, "X")

    assert {said(username) for username in people} == {said("nobody")}


def slower_by(door, usernames, unknown="nobody"):
    """How much longer each of them takes than who does not exist, as a share of it: in turn, so that what
    else the machine does falls on all, and by the median, so that a pause does not count."""
    times: dict[str, list[float]] = {username: [] for username in [*usernames, unknown]}
    for username in times:
        door(username)
    for number in range(ROUNDS[door]):
        for username in times if number % 2 else reversed(times):
            began = time.thread_time()
            door(username)
            times[username].append(time.thread_time() - began)
    medians = {username: statistics.median(taken) for username, taken in times.items()}
    return {username: medians[username] / medians[unknown] - 1 for username in usernames}


@pytest.mark.parametrize("door", DOORS)
def test_nor_the_time(people, door):
    assert {username: by for username, by in slower_by(door, people).items() if abs(by) >= CLOSE[door]} == {}


def test_the_control_a_login_that_hashes_only_for_who_exists(people, monkeypatch):
    def hurried(backend, request, username=None, password=None, **_):
        user = User.objects.filter(username=username).first()
        return user if user and user.check_password(password) else None

    monkeypatch.setattr(ModelBackend, "authenticate", hurried)

    assert slower_by(log_in, ["active"])["active"] > 0.5


def test_the_control_identifiers_that_are_sent_at_once(people, monkeypatch):
    def send(contact):
        """Three messages: one alone is lost in the noise of a busy machine."""
        for _ in range(3):
            identifiers.send_identifiers(contact=contact)

    monkeypatch.setattr(identifiers, "ask", send)

    assert slower_by(ask, ["active"])["active"] > CLOSE[ask]


class TestQueries:
    """What « Identifiants oubliés » asks of the database: finer than the clock of a busy machine."""

    def asked_for(self, contact):
        with CaptureQueriesContext(connection) as queries:
            ask(contact)
        # What was typed is in them, and the number of a savepoint.
        return [re.sub(r"'[^']*'|_x\d+", "", query["sql"]) for query in queries]

    def test_the_same_for_nobody(self, people):
        self.asked_for("warm")

        for username in people:
            assert self.asked_for(username) == self.asked_for("nobody") != []

    def test_the_control_one_that_is_sent_at_once(self, people, monkeypatch):
        monkeypatch.setattr(identifiers, "ask", identifiers.send_identifiers)

        assert self.asked_for("active") != self.asked_for("nobody")
