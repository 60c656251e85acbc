"""A child or an account that is somebody else’s."""

import pytest
from django.utils import timezone

from accounts import erasure
from accounts.models import Beneficiary
from accounts.tests.factories import make_user

from .rosters import ANNE, LINA, bring, guardian, reasons

pytestmark = pytest.mark.django_db


def test_a_pupil_number_that_is_another_childs():
    bring(LINA | ANNE)

    [told] = reasons(LINA | {"Prénom": "Karim", "Nom": "HADDAD"} | ANNE)
    assert "celui d’un autre enfant, Lina MARTIN" in told
    assert reasons(LINA | {"Nom": "MARTIN-DUPONT"} | ANNE) == []


def test_a_child_that_was_erased_is_not_made_again_nor_given_money_twice():
    bring(LINA | ANNE)
    erasure.anonymise_children([Beneficiary.objects.get().pk], refuse_again=True)

    [reason] = reasons(LINA | ANNE)
    assert "effacé à la demande de sa famille" in reason
    assert bring(LINA | ANNE | {"Numéro d’élève": "E0002"}).created


def test_an_account_that_is_nobody_is_nobody_s():
    nobody = make_user()
    erasure.anonymise_accounts([nobody.pk])
    nobody.refresh_from_db()

    assert reasons(LINA | guardian(username=nobody.username))
    bring(LINA | ANNE)
    assert nobody not in Beneficiary.objects.get().guardians.all()


def test_the_identifiant_of_a_stranger_slipped_in_by_mistake():
    make_user("karim", first_name="Karim", last_name="Haddad")

    [told] = reasons(LINA | guardian(username="karim", last_name="MARTIN", first_name="Anne"))
    assert "celui de quelqu’un d’autre" in told


def test_two_accounts_that_confirmed_the_same_address():
    for username in ("anne1", "anne2"):
        make_user(
            username, first_name="Anne", email="anne@famille.example", email_confirmed_at=timezone.now()
        )

    [told] = reasons(LINA | ANNE)
    assert "Donnez l’identifiant du bon" in told
