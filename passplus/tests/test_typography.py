"""French typography: what belongs together is never torn apart at the end of a line."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from core.formats import MONTHS
from passplus.tests.rooms import sources

pytestmark = pytest.mark.any_database

# A plain space before « : ; ? ! € % » or », or after «.
TORN = re.compile(r"[^\s{%#=&|(,:-] [:;?!»€](?=[\s<\"“”’).]|$)|« ")
# A plain space between a number and what it counts; of a template X is the number, of a string « } » ends it.
COUNTED = re.compile(
    r"[\dX}] (?:h|heures?|minutes?|secondes?|jours?|semaines?|mois|ans?|km|m|caractères|euros?|"
    rf"{'|'.join(MONTHS)})\b"
)
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
    assert COUNTED.findall(text) == []
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
    assert [text for text in sentences if COUNTED.search(text)] == []


def test_hours_as_they_are_typed_are_held_together():
    """family.md D: « 9 h » could part from « à 18 h »; brand.toml has plain spaces, as keyboards do."""
    assert settings.BRAND["help_hours"].endswith("9 h à 18 h".replace(" ", "\N{NO-BREAK SPACE}"))
