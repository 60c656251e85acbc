"""French typography: what belongs together is never torn apart at the end of a line."""

import re
from pathlib import Path

import pytest
from django.conf import settings

# A plain space before « : ; ? ! € % » or », or after «.
TORN = re.compile(r"[^\s{%#=&|(,:-] [:;?!»€](?=[\s<\"“”’).]|$)|« ")
# A straight apostrophe between two letters.
STRAIGHT = re.compile(r"[A-Za-zÀ-ÿ]'[a-zà-ÿ]")

TEMPLATES = sorted(
    path
    for root in ("templates", "passplus/templates")
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
    apps = ["accounts", "wallets", "partners", "tickets", "content"]
    files = [path for app in apps for path in (settings.BASE_DIR / app).rglob("*.py")]
    found = []
    for file in files:
        if not {"tests", "management", "migrations"} & set(file.parts):
            source = re.sub(r'"""(?:.|\n)*?"""|#[^\n"]*$', "", file.read_text(), flags=re.MULTILINE)
            found += [text for text in re.findall(r'"([^"\n]*)"', source) if re.search("[éèêàçùô«’]", text)]
    return found


@pytest.mark.parametrize("text", sorted(set(french_strings())))
def test_sentences_in_python(text):
    assert TORN.findall(text) == []
    assert STRAIGHT.findall(text) == []
