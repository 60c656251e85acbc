"""A session is read in one statement, and one that has ended opens nothing."""

import datetime as dt

import pytest
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    session = SessionStore()
    session["child"] = "Garance"
    session.create()
    return session.session_key


def test_it_is_read_in_one_statement(key, django_assert_num_queries):
    SessionStore(key).load()
    with django_assert_num_queries(1):
        assert SessionStore(key)["child"] == "Garance"


def test_one_that_a_former_version_wrote_goes_on():
    """Nobody is logged out by an upgrade."""
    session = DatabaseSessionStore()
    session["child"] = "Garance"
    session.create()

    assert SessionStore(session.session_key)["child"] == "Garance"


@pytest.mark.parametrize("ended", [True, False])
def test_one_that_has_ended_opens_nothing_and_its_key_is_not_taken_up_again(key, ended):
    left = dt.timedelta(seconds=-1 if ended else 60)
    Session.objects.filter(pk=key).update(expire_date=timezone.now() + left)
    session = SessionStore(key)

    assert ("child" in session) is not ended
    session["seen"] = True
    session.save()
    assert (session.session_key == key) is not ended


def test_nor_does_one_that_nobody_has():
    session = SessionStore("0" * 32)
    session["seen"] = True
    session.save()

    assert session.session_key != "0" * 32
    assert not Session.objects.filter(pk="0" * 32).exists()
