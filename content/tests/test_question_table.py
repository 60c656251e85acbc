"""What families type into the help, and what they hope for."""

import csv
from pathlib import Path

import pytest

from content import facts, help_search
from content.models import HelpTopic

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parent / "questions.csv"
AT_LEAST = 0.95


def test_nearly_each_has_the_right_first_answer():
    """family.md 9: one question a line, and the answers that are right as the first one."""
    topics, known = list(HelpTopic.objects.order_by("position", "pk")), facts.known()
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = {row["asked"]: row["first"].split("|") for row in csv.DictReader(file)}
    first = {
        asked: next((topic.question for topic in help_search.find(asked, topics, known)), None)
        for asked in table
    }
    wrong = {asked: found for asked, found in first.items() if found not in table[asked]}

    assert {question for hoped in table.values() for question in hoped} <= {it.question for it in topics}
    assert len(table) >= 80
    assert len(wrong) <= len(table) * (1 - AT_LEAST), wrong
