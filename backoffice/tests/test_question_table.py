"""What families type into the directory, and what they hope for in the demonstration."""

import csv
from pathlib import Path

import pytest
from django.utils import timezone

import partners
from demo import family
from partners.directory_index import Wanted
from partners.models import Partner
from partners.search import search

pytestmark = pytest.mark.django_db
TABLE = Path(partners.__file__).parent / "tests" / "questions.csv"
AT_LEAST = 0.95


def test_nearly_each_has_the_right_first_answer():
    """family.md 7, 8, cases 47: one question a line, and the answers that are right as the first one."""
    family.load()
    names = dict(Partner.objects.values_list("pk", "name"))
    today = timezone.localdate()
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = {row["asked"]: row["first"].split("|") for row in csv.DictReader(file)}
    first = {
        asked: next((names[one.pk] for one in search(Wanted(on=today, words=asked))), None) for asked in table
    }
    wrong = {asked: found for asked, found in first.items() if found not in table[asked]}

    assert {name for hoped in table.values() for name in hoped} <= set(names.values())
    assert len(table) >= 120
    assert len(wrong) <= len(table) * (1 - AT_LEAST), wrong
