"""code.md 3.22: two children of one name at once, the second one was a 500."""

import pytest

from accounts import child_logins
from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user

NEW = "trois tulipes mauves"


pytestmark = pytest.mark.django_db


def test_both_get_a_login(at_once, meeting_before):
    parent = make_user()
    twins = [make_beneficiary(parent, first_name="Lina", last_name="MARTIN") for _ in range(2)]
    meeting_before(User, "save")

    def make(child):
        return lambda: child_logins.make_child_login(beneficiary_id=child.pk, actor=parent)

    assert at_once(*map(make, twins)) == ["done", "done"]
    names = {Beneficiary.objects.get(pk=child.pk).user.username for child in twins}
    assert names == {"lina.martin", "lina.martin2"}


def test_an_identifiant_taken_between_the_question_and_the_answer(monkeypatch):
    make_user("lina.martin")
    monkeypatch.setattr("accounts.new_accounts._taken_like", lambda first_name, last_name: [])
    parent = make_user()
    child = make_beneficiary(parent, first_name="Lina", last_name="MARTIN")

    user, _ = child_logins.make_child_login(beneficiary_id=child.pk, actor=parent)
    assert user.username == "lina.martin2"
