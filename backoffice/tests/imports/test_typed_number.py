"""How many leave is typed, where they are many."""

import pytest

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary
from backoffice.models import Stage, StruckOff
from backoffice.tests.roster.rosters import ANNE, LINA

from .importing import confirm, work
from .whole_lists import only, whole_list

pytestmark = pytest.mark.django_db


def test_the_number_is_typed(client, agent, leavers):
    """admin.md 41"""
    page = whole_list(client)

    assert "Ce champ est obligatoire" in confirm(client, page).text
    assert "pas le nombre" in confirm(client, page, number=2).text
    assert only().stage == Stage.READY
    confirm(client, page, number=3)
    assert only().stage == Stage.PROPOSED


def test_few_of_many_need_neither(client, agent, staying):
    """At most one in twenty."""
    for number in range(19):
        make_beneficiary(pupil_number=f"P{number:04}")
    lines = [LINA | {"Numéro d’élève": f"P{number:04}", "Prénom": "Garance"} for number in range(18)]
    named = Beneficiary.objects.in_bulk(field_name="pupil_number")
    lines = [
        line | {"Nom": named[line["Numéro d’élève"]].last_name, "Naissance": "2013"} | ANNE for line in lines
    ]
    page = whole_list(client, LINA | ANNE, *lines)
    confirm(client, page)
    work()

    assert (only().stage, StruckOff.objects.count()) == (Stage.DONE, 1)
