"""Rows named by thousands of keys."""

import pytest

from accounts.models import Beneficiary
from core.key_lists import among

from .factories import make_beneficiary

pytestmark = pytest.mark.django_db


def test_the_rows_of_these_keys_and_no_others():
    first, second, _ = (make_beneficiary() for _ in range(3))

    assert {*Beneficiary.objects.filter(among({first.pk, second.pk, 2**40}))} == {first, second}
    assert not Beneficiary.objects.filter(among([])).exists()
    assert Beneficiary.objects.filter(among(iter([first.pk])), last_name=first.last_name).count() == 1


def test_they_are_changed_at_once():
    first, second = make_beneficiary(grade="6"), make_beneficiary(grade="6")

    assert Beneficiary.objects.filter(among([first.pk])).update(grade="5") == 1
    assert [it.grade for it in Beneficiary.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk")] == [
        "5",
        "6",
    ]
