"""Recovery codes serve once, and are made again."""

import pytest

from accounts import second_factor
from accounts.audit import Action, AuditEntry
from accounts.tests.factories import shown_by

from .telephones import CODES, FACTOR, INDEX, later_code

pytestmark = pytest.mark.django_db


def test_a_recovery_code_serves_once(client, agent, telephone):
    code, *_ = second_factor.new_recovery_codes(agent)
    assert client.post(FACTOR, {"code": code.upper()}).url == INDEX
    client.logout()
    client.force_login(agent)

    assert client.post(FACTOR, {"code": code}).status_code == 200
    assert client.get(INDEX).status_code == 302


def test_new_recovery_codes_take_the_place_of_the_old_ones(client, agent, telephone):
    old = second_factor.new_recovery_codes(agent)
    client.post(FACTOR, {"code": shown_by(telephone)})

    assert f'href="{CODES}"' in client.get(INDEX).text
    assert "ne vaudront plus rien" in client.get(CODES).text
    new = client.post(CODES, {"code": later_code(telephone)}).context["codes"]

    assert not set(old) & set(new)
    assert not second_factor.verify(agent, old[0])
    assert second_factor.verify(agent, new[0])


class TestRemakingThem:
    """security.md F13, admin.md 19: one click in an open session made the printed ones worthless."""

    @pytest.fixture(autouse=True)
    def codes(self, client, agent, telephone):
        codes = second_factor.new_recovery_codes(agent)
        client.post(FACTOR, {"code": shown_by(telephone)})
        return codes

    def test_not_without_a_code(self, client, agent, codes):
        assert "codes" not in client.post(CODES).context
        assert "codes" not in client.post(CODES, {"code": "000000"}).context
        assert second_factor.verify(agent, codes[0])

    def test_not_with_the_code_that_opened_the_session(self, client, telephone):
        assert "codes" not in client.post(CODES, {"code": shown_by(telephone)}).context

    def test_not_with_a_recovery_code(self, client, codes):
        assert "codes" not in client.post(CODES, {"code": codes[0]}).context

    def test_its_owner_is_told_and_the_journal_too(self, client, agent, telephone, mailoutbox):
        client.post(CODES, {"code": later_code(telephone)})

        assert [message.to for message in mailoutbox] == [[agent.email]]
        assert AuditEntry.objects.get().action == Action.RECOVERY_CODES_MADE
        assert AuditEntry.objects.get().actor == agent

    def test_one_may_not_try_for_ever(self, client, telephone):
        for _ in range(6):
            response = client.post(CODES, {"code": "000000"})

        assert "Trop d’essais" in response.text
        assert "codes" not in client.post(CODES, {"code": later_code(telephone)}).context


def test_they_are_not_given_to_who_has_only_the_password(client, agent, telephone):
    codes = second_factor.new_recovery_codes(agent)
    client.post(CODES, {"code": shown_by(telephone)})

    assert second_factor.verify(agent, codes[0])
