"""French typography: what belongs together is never torn apart at the end of a line."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from passplus.tests.rooms import sources

pytestmark = pytest.mark.any_database

# A plain space before « : ; ? ! € % » or », or after «.
TORN = re.compile(r"[^\s{%#=&|(,:-] [:;?!»€](?=[\s<\"“”’).]|$)|« ")
# A straight apostrophe between two letters.
STRAIGHT = re.compile(r"[A-Za-zÀ-ÿ]'[a-zà-ÿ]")

TEMPLATES = sorted(
    path
    for root in ("templates", "backoffice/templates")
    for path in (settings.BASE_DIR / root).rglob("*")
    if path.suffix in {".html", ".txt"}
)


def sentences(path: Path) -> str:
    """What a family reads of a template: without tags, comments, attributes of code."""
    text = path.read_text()
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"<script.*?</script>|<!--.*?-->|<svg.*?</svg>", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", "X", text)
    return re.sub(r"<[^>]*>", "", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_templates(path):
    text = sentences(path)

    assert TORN.findall(text) == []
    assert STRAIGHT.findall(text) == []


def french_strings() -> list[str]:
    """The French of forms, refusals and the admin. What is printed in a terminal is not read there."""
    found = []
    for file in sources(without=("demo", "operations", "passplus")):
        if "management" not in file.parts:
            source = re.sub(r'"""(?:.|\n)*?"""|#[^\n"]*$', "", file.read_text(), flags=re.MULTILINE)
            found += [text for text in re.findall(r'"([^"\n]*)"', source) if re.search("[éèêàçùô«’]", text)]
    return found


def test_sentences_in_python():
    sentences = french_strings()

    assert len(sentences) > 300
    assert [text for text in sentences if TORN.search(text) or STRAIGHT.search(text)] == []
