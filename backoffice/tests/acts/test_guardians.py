"""Who acts for a child comes and goes."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_beneficiary, make_user

from .journal import journal

pytestmark = pytest.mark.django_db


def test_a_guardian_comes_and_goes_at_once(client, act, agent):
    child, other = make_beneficiary(make_user()), make_user("autre.parent")
    browser = client.__class__()
    browser.force_login(other)
    page = reverse("tickets:home", args=[child.public_id])
    assert browser.get(page).status_code == 404

    looked = act(child, "ajouter-un-responsable", said=" Autre.Parent ").context["form"]
    assert (looked.found, looked.errors) == ([other.pk], {})
    assert browser.get(page).status_code == 404, "looked at, not confirmed"
    act(child, "ajouter-un-responsable", said=" Autre.Parent ", coming=other.pk)
    assert browser.get(page).status_code == 200

    act(child, "retirer-un-responsable", guardian=other.pk)
    assert browser.get(page).status_code == 302, "the session has ended"
    other.refresh_from_db()
    browser.force_login(other)
    assert browser.get(page).status_code == 404
    assert [action for action, *_ in journal()] == [Action.GUARDIAN_REMOVED, Action.GUARDIAN_ADDED]


def test_a_guardian_is_replaced_at_once_or_not_at_all(act, agent):
    leaving, coming = make_user("mere"), make_user("pere")
    child = make_beneficiary(leaving)
    act(child, "remplacer-un-responsable", guardian=leaving.pk, said="personne")
    assert list(child.guardians.all()) == [leaving]

    act(child, "remplacer-un-responsable", guardian=leaving.pk, said="pere", coming=coming.pk)

    assert list(child.guardians.all()) == [coming]
    assert [action for action, *_ in journal()] == [Action.GUARDIAN_REPLACED]
    assert "(mere) →" in AuditEntry.objects.get().details


@pytest.mark.parametrize("fields", [None, {"is_staff": True}, {"is_active": False}], ids=str)
def test_nobody_becomes_a_guardian_who_cannot_be(act, agent, fields):
    child = make_beneficiary()
    coming = make_user("personne", **fields).pk if fields is not None else 999_999

    assert act(child, "ajouter-un-responsable", said="personne", coming=coming).status_code == 200
    assert child.guardians.count() == 0


def test_a_child_guards_no_child(act, agent):
    login = make_user("garance")
    make_beneficiary(user=login)
    child = make_beneficiary()

    assert act(child, "ajouter-un-responsable", said="garance", coming=login.pk).status_code == 200
    assert child.guardians.count() == 0


def test_twice_the_same_guardian(act, agent):
    parent = make_user("parent")

    again = act(make_beneficiary(parent), "ajouter-un-responsable", said="parent", coming=parent.pk)
    assert "déjà responsable" in again.text


def test_the_guardian_of_another_child_cannot_be_taken_off_this_one(act, agent):
    stranger = make_user()
    make_beneficiary(stranger)

    response = act(make_beneficiary(make_user()), "retirer-un-responsable", guardian=stranger.pk)

    assert response.context["form"].errors["guardian"]
