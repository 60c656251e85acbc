"""A child’s own account."""

import pytest

from accounts import child_logins
from accounts.models import Beneficiary, User
from accounts.tests.factories import make_user
from backoffice.imports.roster.importer import Roster

from .rosters import ANNE, COMMUNES, LINA, bring, outcome, roster

pytestmark = pytest.mark.django_db


def test_a_child_s_own_account():
    login = {"Compte de l’élève": "oui"}
    bring(LINA | login)

    lina = Beneficiary.objects.get()
    assert lina.user.username == "lina.martin"
    assert outcome(bring(LINA | login)) == [0, 0, 1, 0]

    bring(LINA | {"Niveau": "4"})
    assert Beneficiary.objects.get().user == lina.user


def test_a_login_that_a_guardian_makes_meanwhile_stays(monkeypatch):
    bring(LINA | ANNE)
    lina, anne = Beneficiary.objects.get(), User.objects.get()
    monkeypatch.setattr("backoffice.imports.plans.TOLD_EVERY", 1)

    def make_login(done, rows):
        if not User.objects.filter(beneficiary=lina).exists():
            child_logins.make_child_login(beneficiary_id=lina.pk, actor=anne)

    Roster(COMMUNES, complete=False).apply(lambda: roster(LINA | {"Niveau": "4e"} | ANNE), make_login)

    lina.refresh_from_db()
    assert (lina.grade, lina.user) == ("4", User.objects.get(username="lina.martin"))


def test_the_identifiant_of_somebody_else_is_not_given_twice():
    make_user("lina.martin")
    make_user("lina.martin2")
    bring(LINA | {"Compte de l’élève": "x"})

    assert Beneficiary.objects.get().user.username == "lina.martin3"
