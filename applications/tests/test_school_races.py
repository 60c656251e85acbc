"""Two guardians ask, two agents accept, at the same instant; each race has its control."""

import pytest

from accounts.models import Beneficiary
from accounts.tests.factories import make_user
from applications import deciding
from applications.changing_school import accept_school
from applications.models import Application, NewSchool

from .factories import ask_for_school, make_child, make_decider, make_school_change

pytestmark = pytest.mark.django_db(transaction=True)


def accept(application):
    agent = make_decider()
    return lambda: accept_school(application_id=application.pk, actor=agent)


def test_two_guardians_ask(at_once):
    first, second = make_user(), make_user()
    child = make_child(first, second)
    both = [lambda actor=actor: ask_for_school(child, actor=actor) for actor in (first, second)]

    assert at_once(*both) == ["AlreadyAsked", "done"]
    assert Application.objects.count() == NewSchool.objects.count() == 1


def test_two_agents_accept(at_once):
    application = make_school_change()

    assert at_once(accept(application), accept(application)) == ["Moved", "done"]
    assert Beneficiary.objects.get().school_id == "0920002Y"


def test_the_control_without_the_guard_it_is_done_twice(at_once, monkeypatch):
    monkeypatch.setattr(deciding, "accept_for", lambda *_, **__: None)
    application = make_school_change()

    assert at_once(accept(application), accept(application)) == ["done", "done"]
