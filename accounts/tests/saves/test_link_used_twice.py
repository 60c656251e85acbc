"""security.md F15: both were told « enregistré », and one could not come in."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from accounts import links, passwords, services
from accounts.links import Channel
from accounts.models import User
from accounts.tests.factories import make_user

NEW = "trois tulipes mauves"


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("channel", Channel)
def test_one_of_them_sets_the_password(at_once, meeting_before, channel):
    user = make_user("camille")
    token = links.password_path(user, channel).split("/")[-2]
    meeting_before(User, "save")

    def choose(password):
        return lambda: passwords.choose(user_id=user.pk, token=token, password=password)

    assert at_once(choose(NEW), choose("sept pommes tombées")) == ["LinkOutOfUse", "done"]


def test_the_control_without_the_lock_both_do(at_once, meeting_before, monkeypatch):
    """SQLite has one writer at a time, with or without it."""
    user = make_user("camille")
    token = links.password_path(user, Channel.MAIL).split("/")[-2]
    meeting_before(User, "save")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows.all())
    both = ["done", "done"] if connection.vendor == "postgresql" else ["LinkOutOfUse", "done"]

    def choose(password):
        return lambda: passwords.choose(user_id=user.pk, token=token, password=password)

    assert at_once(choose(NEW), choose("sept pommes tombées")) == both


def test_a_letter_scanned_twice(client):
    [user] = services.new_access_codes(user_ids=[make_user("nouvelle", password=None).pk])
    links_of_both = [client.get(links.access_path(user, Channel.HAND)).headers["Location"] for _ in range(2)]
    said = [client.post(it, {"new_password1": NEW, "new_password2": NEW}) for it in links_of_both]

    assert [response.url == it for response, it in zip(said, links_of_both, strict=True)] == [False, True]
    assert client.get(links_of_both[1]).context["validlink"] is False
