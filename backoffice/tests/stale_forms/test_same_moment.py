"""Two agents at the same moment."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import make_user
from backoffice.tests.filled import filled
from content.models import HelpTopic
from content.tests.factories import make_topic

from .cases import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_at_once(enter, at_once, meeting_before):
    """Two agents who have the same page open send it at the same moment; return who was let, and the row."""

    def send():
        row = make_topic("Où\N{NO-BREAK SPACE}?")
        address = reverse("admin:content_helptopic_change", args=[row.pk])
        client = enter(make_user("agent", is_staff=True, is_superuser=True))
        said = filled(client.get(address).text, "helptopic_form")
        cookies = client.cookies.output(header="", sep=";")

        def save(answer):
            def post():
                browser = Client(headers={"cookie": cookies})
                if browser.post(address, said | {"answer": answer}).status_code != 302:
                    raise Refused

            return post

        meeting_before(HelpTopic, "save")
        return at_once(save("Ici."), save("Là."))

    return send


def test_two_at_the_same_moment_one_is_told(two_at_once):
    assert two_at_once() == ["Refused", "done"]


def test_the_control_without_the_lock_one_is_lost(two_at_once, monkeypatch):
    """SQLite has one writer at a time, with or without it."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows.all())
    lost = ["done", "done"] if connection.vendor == "postgresql" else ["Refused", "done"]

    assert two_at_once() == lost
