"""docs/accessibilite.md: the 106 criteria of RGAA 4.1, each judged once, by tests that exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database

DOCUMENT = settings.BASE_DIR / "docs" / "accessibilite.md"
# How many criteria each of the thirteen themes has.
THEMES = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]
CRITERIA = [f"{theme}.{number}" for theme, count in enumerate(THEMES, 1) for number in range(1, count + 1)]
# « | 1.1 alternative des images | conforme | par quoi | ».
JUDGED = re.compile(
    r"^\| (\d+\.\d+) \S.* \| (conforme|non applicable|non conforme) \| \S.* \|$", re.MULTILINE
)
# In full (`tickets/tests/test_pdf.py`), or from this directory (`journeys/test_guide.py`).
CITED = re.compile(r"`([\w/]*\btest_\w+\.py)`")


def test_each_of_the_106_criteria_is_judged_once():
    judged = [number for number, verdict in JUDGED.findall(DOCUMENT.read_text())]

    assert len(CRITERIA) == 106
    assert judged == CRITERIA


def test_the_totals_are_those_of_the_tables():
    text = DOCUMENT.read_text()
    verdicts = [verdict for number, verdict in JUDGED.findall(text)]
    totals = re.search(r"(\d+) critères conformes, (\d+) non applicables, (\d+) non conformes", text)

    assert totals
    assert [int(total) for total in totals.groups()] == [
        verdicts.count(verdict) for verdict in ("conforme", "non applicable", "non conforme")
    ]


def test_the_tests_it_cites_exist():
    cited = set(CITED.findall(DOCUMENT.read_text()))
    folders = [Path(__file__).parent, settings.BASE_DIR]
    missing = {path for path in cited if not any((folder / path).is_file() for folder in folders)}

    assert cited
    assert missing == set()
