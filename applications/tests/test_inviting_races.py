"""A link opened twice, or as its request is reopened; each race has its control."""

import pytest

from accounts.models import Guardianship
from accounts.tests.factories import make_user
from applications import deciding, inviting
from applications.models import Application, ApplicationState

from .factories import make_decider, make_guardian_request, make_invited, token_of

pytestmark = pytest.mark.django_db(transaction=True)


def join(other, name):
    token, user = token_of(other), make_user(name)
    year = other.application.beneficiary.birth_year
    return lambda: inviting.join(token=token, birth_year=year, user=user)


def test_two_people_by_one_link(at_once):
    other = make_invited()

    assert at_once(join(other, "dominique"), join(other, "claude")) == ["LinkOutOfUse", "done"]
    assert Guardianship.objects.filter(beneficiary=other.application.beneficiary).count() == 2


def test_the_control_read_once_before_the_lock_both_come_in(at_once, monkeypatch):
    other = make_invited()
    monkeypatch.setattr(inviting, "of_link", lambda token: other)

    assert at_once(join(other, "dominique"), join(other, "claude")) == ["done", "done"]


def test_as_an_agent_reopens_it_one_of_the_two_happens(at_once):
    other, agent = make_invited(), make_decider()

    def reopen():
        deciding.reopen(application_id=other.application_id, actor=agent)

    outcomes = at_once(join(other, "dominique"), reopen)
    joined = Guardianship.objects.filter(user__username="dominique").exists()
    reopened = Application.objects.get().state == ApplicationState.SENT
    assert (joined, reopened) in [(True, False), (False, True)]
    assert outcomes == (["Moved", "done"] if joined else ["LinkOutOfUse", "done"])


def test_as_it_is_sent_again_one_of_the_two_happens(at_once):
    other = make_invited()

    def send_again():
        inviting.send_again(application_id=other.application_id)

    outcomes = at_once(join(other, "dominique"), send_again)
    joined = Guardianship.objects.filter(user__username="dominique").exists()
    other.refresh_from_db()
    assert joined == (other.joined_at is not None)
    assert outcomes == (["Moved", "done"] if joined else ["LinkOutOfUse", "done"])


def test_two_agents_accept(at_once):
    application = make_guardian_request()
    both = [
        lambda agent=agent: inviting.accept_guardian(application_id=application.pk, actor=agent)
        for agent in (make_decider(), make_decider())
    ]

    assert at_once(*both) == ["Moved", "done"]
