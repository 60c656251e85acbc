"""Two imports at once, and a long one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Activity, Offer, Partner
from partners.tests.factories import make_commune

from .directories import JUDO, bring, plan

pytestmark = pytest.mark.django_db


def test_two_imports_at_once_make_one_of_each(at_once):
    make_commune("92002", "Antony")

    def bring_judo():
        bring(JUDO)

    assert at_once(bring_judo, bring_judo) == ["done", "done"]
    assert (Partner.objects.count(), Offer.objects.count(), Activity.objects.count()) == (1, 1, 1)


def many(count, phone):
    lines = [f"CLUB {number};Antony;Judo;{phone}" for number in range(count)]
    return "\n".join(["Nom;Commune;Activités Sport;Téléphone", *lines])


def test_the_database_is_asked_the_same_for_two_lines_and_for_fifty(django_assert_num_queries):
    """code.md 3.16: three SELECTs a line to compare, nine statements a line to write."""
    for count in (2, 50):
        with django_assert_num_queries(5):
            plan(many(count, "0199001058"))
    bring(many(1, "0199001058"))
    statements = []
    for phone, count in (("0199001059", 2), ("0199001060", 50)):
        with CaptureQueriesContext(connection) as asked:
            bring(many(count, phone))
        statements.append(len(asked))
    assert statements[0] == statements[1] < 20
    assert {*Partner.objects.values_list("phone", flat=True)} == {"01 99 00 10 60"}
    assert Offer.objects.count() == 50
