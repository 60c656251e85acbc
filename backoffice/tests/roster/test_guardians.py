"""Guardians are added, never removed, and stay away once an agent took them away."""

import pytest

from accounts import guardianship
from accounts.models import Beneficiary, Guardianship, User

from .rosters import ANNE, LINA, PAUL, bring, guardian, outcome, plan

pytestmark = pytest.mark.django_db


def test_a_second_guardian_is_added_and_nobody_removed():
    bring(LINA | ANNE)
    [change] = plan(LINA | PAUL).changed
    assert change.told == "responsable légal Paul DURAND (compte nouveau)"

    bring(LINA | PAUL)

    assert Guardianship.objects.count() == 2


def test_a_guardian_whom_an_agent_took_away_stays_away_and_the_agent_is_told():
    bring(LINA | ANNE | PAUL)
    lina, paul = Beneficiary.objects.get(), User.objects.get(username="paul.durand")
    guardianship.remove(beneficiary_id=lina.pk, user_id=paul.pk, may_be_last=True)

    for again in (
        PAUL,
        guardian(2, last_name="Durand", first_name="Paul"),
        guardian(2, username="paul.durand"),
    ):
        made = bring(LINA | ANNE | again)
        assert outcome(made) == [0, 0, 1, 0]
        [(row, note)] = made.notes
        assert (row, "n’est pas remis" in note) == (2, True)
    assert not lina.guardians.filter(pk=paul.pk).exists()

    guardianship.add(beneficiary_id=lina.pk, user_id=paul.pk)
    assert bring(LINA | ANNE | PAUL).notes == []
