"""Two agents, two parents, at the same instant; each race has its control."""

import pytest

from accounts.models import Beneficiary, Guardianship
from accounts.tests.factories import make_user
from applications import accepting, deciding, mail
from applications.accepting import accept_enrolment
from applications.models import Application, ApplicationState
from wallets.models import Entry

from .factories import enrol, make_decider, make_enrolment

pytestmark = pytest.mark.django_db(transaction=True)


def accept(application, **fields):
    agent = make_decider()
    return lambda: accept_enrolment(application_id=application.pk, actor=agent, fields=fields)


def test_two_agents_accept(at_once):
    application = make_enrolment()

    assert at_once(accept(application), accept(application)) == ["Moved", "done"]
    assert Beneficiary.objects.count() == Guardianship.objects.count() == 1
    assert Entry.objects.count() == 2


def test_two_agents_who_write_two_numbers(at_once):
    """The rows of the children do not meet: the application does."""
    application = make_enrolment()
    both = [accept(application, pupil_number=f"E000000{number}") for number in range(2)]

    assert at_once(*both) == ["Moved", "done"]
    assert Beneficiary.objects.count() == 1
    assert Entry.objects.count() == 2


def test_the_control_without_the_guard_each_makes_a_child(at_once, monkeypatch):
    def unguarded(application_id, actor, **given):
        Application.objects.filter(pk=application_id).update(child_key="x")

    monkeypatch.setattr(deciding, "accept_for", unguarded)
    monkeypatch.setattr(mail, "enrolled", lambda *_: None)
    application = make_enrolment()
    both = [accept(application, pupil_number=f"E000000{number}") for number in range(2)]

    assert at_once(*both) == ["done", "done"]
    assert Beneficiary.objects.count() == 2


def test_the_same_child_by_two_parents(at_once):
    first, second = (make_enrolment(make_user(name)) for name in ("camille", "dominique"))

    assert at_once(accept(first), accept(second)) == ["NumberTaken", "done"]
    assert Beneficiary.objects.count() == 1
    assert Entry.objects.count() == 2
    waiting = Application.objects.get(state=ApplicationState.SENT)
    accept_enrolment(application_id=waiting.pk, actor=make_decider(), child_id=Beneficiary.objects.get().pk)
    assert Entry.objects.count() == 2


def test_the_control_numbers_that_are_drawn(at_once, monkeypatch):
    numbers = iter(["INSCRIT-1", "INSCRIT-2"])
    monkeypatch.setattr(accepting, "provisional_number", lambda newcomer: next(numbers))
    both = [make_enrolment(make_user(name)) for name in ("camille", "dominique")]

    assert at_once(*map(accept, both)) == ["done", "done"]
    assert Beneficiary.objects.count() == 2


def test_one_parent_asks_twice_at_once(at_once):
    parent = make_user("camille")
    make_enrolment(make_user("autre"))

    assert at_once(lambda: enrol(parent), lambda: enrol(parent)) == ["AlreadyEnrolling", "done"]
    assert Application.objects.filter(sent_by=parent).count() == 1
