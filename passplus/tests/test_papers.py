"""The papers of the repository lead to what is there."""

import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database

PAPERS = [*settings.BASE_DIR.glob("*.md"), *(settings.BASE_DIR / "docs").glob("*.md")]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#]+)")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_links_lead_somewhere(paper):
    links = LINK.findall(paper.read_text())

    assert [link for link in links if not (paper.parent / link).exists()] == []


def test_the_way_of_a_ticket_names_what_is_there():
    """« Par où commencer »: each of its ten lines leads to what it names."""
    paper = (settings.BASE_DIR / "CONTRIBUTING.md").read_text()
    lines = re.findall(r"^\d+\. (.*)$", paper, re.MULTILINE)
    missing = [
        name
        for line in lines
        for name in re.findall(r"`(\w+)`", line)
        if not any(
            re.search(rf"\b{name}\b", (settings.BASE_DIR / link).read_text()) for link in LINK.findall(line)
        )
    ]

    assert len(lines) == 10
    assert missing == []
