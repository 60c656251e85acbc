"""The papers lead to each other: every link between them arrives."""

import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database

PAPERS = sorted([*settings.BASE_DIR.glob("*.md"), *(settings.BASE_DIR / "docs").glob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")


def anchors(text):
    """As GitHub and GitLab make them of headings."""
    headings = re.findall(r"(?m)^#{1,6} (.*)$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(settings.BASE_DIR)))
def test_every_link_arrives(paper):
    lost = []
    for path, anchor in LINK.findall(paper.read_text()):
        there = (paper.parent / path).resolve() if path else paper
        if not there.exists() or (anchor and anchor not in anchors(there.read_text())):
            lost.append(f"{path}#{anchor}")

    assert lost == []


def test_the_control_a_heading_is_found_as_a_forge_writes_it():
    assert anchors("## D’une base à un seul rôle à deux\n### 3. La base\n") == {
        "dune-base-à-un-seul-rôle-à-deux",
        "3-la-base",
    }


def test_the_way_of_a_ticket_names_what_is_there():
    """« Par où commencer »: each of its ten lines leads to what it names."""
    paper = (settings.BASE_DIR / "CONTRIBUTING.md").read_text()
    lines = re.findall(r"^\d+\. (.*)$", paper, re.MULTILINE)
    missing = []
    for line in lines:
        there = "\n".join((settings.BASE_DIR / path).read_text() for path, _ in LINK.findall(line))
        missing += [name for name in re.findall(r"`(\w+)`", line) if not re.search(rf"\b{name}\b", there)]

    assert len(lines) == 10
    assert missing == []
