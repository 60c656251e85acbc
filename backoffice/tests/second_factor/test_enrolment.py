"""A telephone is enrolled the first time."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import QuerySet

from accounts import second_factor
from accounts.audit import Action, AuditEntry
from accounts.models import Telephone

from .telephones import FACTOR, INDEX, code_of, other_browser, secret_on

pytestmark = pytest.mark.django_db


def test_a_telephone_is_enrolled_the_first_time(client, agent):
    page = client.get(FACTOR)
    assert "data:image/svg+xml" in page.text
    assert client.get(INDEX).status_code == 302

    codes = client.post(FACTOR, {"code": code_of(secret_on(page))}).context["codes"]

    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert client.get(INDEX).status_code == 200
    assert second_factor.telephone_of(agent).bin_key == secret_on(page)


class TestTheFirstTime:
    """security.md F4: the secret belongs to one session, and its owner is told."""

    def test_another_session_is_shown_another_secret(self, client, agent):
        assert secret_on(client.get(FACTOR)) != secret_on(other_browser(agent).get(FACTOR))

    def test_a_secret_seen_before_opens_nothing_once_the_agent_has_enrolled(self, client, agent):
        thief = other_browser(agent)
        seen = secret_on(thief.get(FACTOR))
        client.post(FACTOR, {"code": code_of(secret_on(client.get(FACTOR)))})

        for later in (0, 31):
            assert thief.post(FACTOR, {"code": code_of(seen, later=later)}).status_code == 200
        assert thief.get(INDEX).status_code == 302
        assert Telephone.objects.filter(user=agent).count() == 1

    def test_nothing_is_in_the_database_before(self, client, agent):
        client.post(FACTOR, {"code": "000000"})
        client.get(FACTOR)

        assert not Telephone.objects.exists()

    def test_again_after_it_was_forgotten(self, client, agent):
        before = secret_on(client.get(FACTOR))
        client.post(FACTOR, {"code": code_of(before)})
        second_factor.forget(agent)

        assert secret_on(client.get(FACTOR)) != before

    def test_its_owner_is_told(self, client, agent, mailoutbox):
        client.post(FACTOR, {"code": code_of(secret_on(client.get(FACTOR)))})

        assert [message.to for message in mailoutbox] == [[agent.email]]
        assert "Un téléphone a été préparé" in mailoutbox[0].subject
        assert AuditEntry.objects.get().action == Action.TELEPHONE_ENROLLED

    @pytest.mark.parametrize(
        ("locked", "enrolled"),
        [
            pytest.param(True, 1, id="the lock makes the second one see the first"),
            # The control. On SQLite whoever writes is alone from the beginning.
            pytest.param(False, 2 if connection.vendor == "postgresql" else 1, id="without it both enrol"),
        ],
    )
    def test_of_two_sessions_at_once_one_enrols(
        self, agent, at_once, meeting_before, monkeypatch, locked, enrolled
    ):
        sessions = [SessionStore(), SessionStore()]
        secrets = [second_factor.telephone_to_enrol(agent, session).bin_key for session in sessions]
        meeting_before(Telephone, "save")
        if not locked:
            monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows.all())

        def enrol(session, secret):
            if not second_factor.enrol(agent, session, code_of(secret)):
                raise LookupError

        calls = [lambda pair=pair: enrol(*pair) for pair in zip(sessions, secrets, strict=True)]
        assert at_once(*calls) == ["LookupError"] * (2 - enrolled) + ["done"] * enrolled
        assert Telephone.objects.count() == enrolled


def test_a_page_opened_twice_shows_the_same_square(client, agent):
    assert client.get(FACTOR).context["secret"] == client.get(FACTOR).context["secret"]


def test_who_is_enrolled_is_not_shown_a_square_again(client, telephone):
    """Else a password alone would do: it would enrol another telephone."""
    assert "qr" not in client.get(FACTOR).context
