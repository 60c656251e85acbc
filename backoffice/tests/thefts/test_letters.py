"""An access by letter, and who is told of it."""

import pytest
from django.utils import timezone

from accounts import child_logins, links
from accounts.audit import Action, AuditEntry
from accounts.links import Channel
from accounts.tests.factories import make_agent, make_beneficiary, make_user

from .thefts import OLD, choose_password, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_letter():
    """In use, without an address; another guardian has one."""
    user = make_user("mere", email="", last_login=timezone.now())
    make_beneficiary(user, make_user("pere", email="pere@famille.example"))
    return user


@pytest.mark.parametrize(("role", "status"), [("téléconseiller", 403), ("gestionnaire", 200)])
def test_a_letter_is_made_by_a_gestionnaire(enter, act, by_letter, role, status):
    """code.md 3.5, security.md F7: the code of any family opened on any téléconseiller's screen."""
    enter(make_agent(role))

    assert act(by_letter, "acces-par-courrier").status_code == status


def test_no_letter_for_who_has_an_address(act, agent):
    """code.md 3.5, admin.md 16: it goes by e-mail then, which the owner sees."""
    user = make_user()

    assert act(user, "acces-par-courrier").status_code == 302
    user.refresh_from_db()
    assert user.access_code_at is None


def test_those_around_are_told_of_a_letter(act, agent, by_letter):
    """code.md 3.5, security.md F7: nobody heard of it."""
    act(by_letter, "acces-par-courrier")

    assert told() == ["pere@famille.example"]


def test_the_guardians_are_told_of_a_childs_letter(act, agent):
    login = make_user("ines", email="", last_login=timezone.now())
    make_beneficiary(make_user(email=OLD), user=login)
    act(login, "acces-par-courrier")

    assert told() == [OLD]


def test_an_address_that_was_just_taken_away_is_told(act, agent):
    """admin.md 16: a gestionnaire removes the address, then makes a letter."""
    user = make_user(email="", former_email=OLD, email_changed_at=timezone.now(), last_login=timezone.now())
    act(user, "acces-par-courrier")

    assert told() == [OLD]


def test_nobody_is_told_of_a_first_letter(act, agent):
    user = make_user(email="", password=None)
    make_beneficiary(user, make_user())
    act(user, "acces-par-courrier")

    assert told() == []


def test_the_journal_says_that_the_code_was_used(act, agent, by_letter):
    """security.md F7: it had the act, not that the letter was used."""
    act(by_letter, "acces-par-courrier")
    by_letter.refresh_from_db()
    choose_password(links.access_path(by_letter, Channel.HAND))

    lines = AuditEntry.objects.about(by_letter).order_by("pk")
    assert [line.action for line in lines] == [Action.LETTER_MADE, Action.LETTER_USED]


def test_a_childs_link_is_no_letter(agent):
    child = make_beneficiary(make_user())
    _, path = child_logins.make_child_login(beneficiary_id=child.pk, actor=child.guardians.get())
    choose_password(path)

    assert not AuditEntry.objects.exists()
