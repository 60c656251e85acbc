"""Whether an account exists is told neither by words, nor by a status, nor by the time that it takes."""

import re
import statistics
import time
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.test.signals import template_rendered

from accounts import codes, mail, services, throttle
from accounts.models import User
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db

ROUNDS = 15


@pytest.fixture
def people(settings, monkeypatch):
    """One of each sort that a door may meet; with the hasher of production, and nobody who has to wait."""
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
    limit = throttle.Limit(10**6, throttle.SECOND, throttle.SECOND, throttle.SECOND)
    for name in ("LOGIN", "FORGOTTEN", "ACTIVATION"):
        door = throttle.Door(name, account=limit, network=limit)
        monkeypatch.setattr(throttle, name, door)
    return ["active", "closed", "never-came"]


def log_in(username):
    return Client().post("/accueil/", {"username": username, "password": "ce n’est pas lui"})


def ask(username):
    return Client().post("/accueil/identifiants-oublies/", {"contact": username})


def activate(username):
    sent = {"username": username, "code": codes.complete("0" * codes.LENGTH)}
    return Client().post("/accueil/premiere-connexion/", sent)


DOORS = [log_in, ask, activate]


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
    for number in range(ROUNDS):
        for username in times if number % 2 else reversed(times):
            began = time.thread_time()
            door(username)
            times[username].append(time.thread_time() - began)
    medians = {username: statistics.median(taken) for username, taken in times.items()}
    return {username: medians[username] / medians[unknown] - 1 for username in usernames}


@pytest.mark.parametrize("door", DOORS)
def test_nor_the_time(people, door):
    assert {username: by for username, by in slower_by(door, people).items() if abs(by) >= 0.35} == {}


def test_the_control_a_login_that_hashes_only_for_who_exists(people, monkeypatch):
    def hurried(backend, request, username=None, password=None, **_):
        user = User.objects.filter(username=username).first()
        return user if user and user.check_password(password) else None

    monkeypatch.setattr(ModelBackend, "authenticate", hurried)

    assert slower_by(log_in, ["active"])["active"] > 0.5


class TestMessage:
    """« Identifiants oubliés » composes the same for nobody. That is too short for the clock of a busy
    machine, so the work itself is compared."""

    def drawn_for(self, contact):
        names = []

        def note(template, **_):
            names.append(template.template.name)

        template_rendered.connect(note)
        try:
            services.send_identifiers(contact=contact)
        finally:
            template_rendered.disconnect(note)
        return names

    def test_the_same_work_for_nobody(self, people):
        assert self.drawn_for("nobody") == self.drawn_for("active") != []

    def test_the_control_composed_only_for_who_exists(self, people, monkeypatch):
        def hurried(*, contact):
            for user in User.objects.reachable_by(contact):
                mail.identifiers(user.email, [{"username": contact, "first_name": "", "link": "x"}])

        monkeypatch.setattr(services, "send_identifiers", hurried)

        assert self.drawn_for("nobody") != self.drawn_for("active")
