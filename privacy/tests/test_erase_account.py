"""« Effacer » an account."""

import pytest

from accounts.audit import AuditEntry
from accounts.tests.factories import make_beneficiary, make_user

from .erasing import is_gone

pytestmark = pytest.mark.django_db


def test_a_parent_whom_another_one_follows(erase):
    leaving, staying = make_user("parent"), make_user("autre")
    child = make_beneficiary(leaving, staying)

    assert erase(leaving).status_code == 302
    assert (is_gone(leaving), is_gone(child)) == (True, False)
    assert list(child.guardians.all()) == [staying]
    assert AuditEntry.objects.get().subject.startswith("anonyme-")


@pytest.mark.parametrize("other", [None, {"is_active": False}], ids=["alone", "a closed account"])
def test_not_the_only_one_who_acts_for_a_child(erase, other):
    parent = make_user("parent")
    make_beneficiary(parent, *([make_user(**other)] if other else []), first_name="Garance")
    response = erase(parent)

    assert "Personne d’autre n’agit pour Garance" in response.text
    assert not is_gone(parent)


def test_a_child_s_own_login_and_the_child_stays(erase):
    login = make_user("enfant")
    child = make_beneficiary(make_user(), user=login)
    erase(login)

    assert (is_gone(login), is_gone(child), child.user) == (True, False, None)
