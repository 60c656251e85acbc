"""Texts that would run something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import prose

from .markdown_rules import outside_the_rules

pytestmark = pytest.mark.any_database
ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "a <img src=x onerror=alert(1)> b",
    "<div onclick='alert(1)'>\n\n# x\n\n</div>",
    "<!-- --><svg onload=alert(1)>",
    "<https://evil.example> <javascript:alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript&colon;alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](java\\\nscript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](&NewLine;javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data:image/png;base64,AAAA)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://pass.example/1)",
    "[x](//evil.example/)",
    "[x](/\\evil.example/)",
    "[x](\\\\evil.example/)",
    "[x](/&#92;evil.example/)",
    "[x](evil.example/)",
    "[x](#contenu)",
    "[x]()",
    '[x](/aide/ "\\" onclick=alert(1) \\"")',
    '[x](https://a.example/"onclick="alert(1))',
    "[x]\n\n[x]: javascript:alert(1)",
    "[x]\n\n[x]: data:text/html,1 'y'",
    "![x](https://evil.example/pixel.gif)",
    "![x](javascript:alert(1))",
    "![x][y]\n\n[y]: //evil.example/x.gif",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "{nom}",
    "[x]({nom})",
    "[x](/{nom})",
    "[{nom}](/aide/ '{nom}')",
]
EVIL = '"><script>alert(1)</script>](javascript:alert(1)) <img src=x onerror=y> ![a](//b)\n\n# h'


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_runs(text):
    html = prose.render(text, {"nom": EVIL})

    assert outside_the_rules(html) == []


@pytest.mark.parametrize("text", ATTACKS)
def test_nor_in_a_list_of_news(text):
    assert outside_the_rules(prose.opening(text, {"nom": EVIL})) == []


PIECES = [
    "[",
    "](",
    ")",
    "<",
    ">",
    "!",
    "&#",
    "javascript:",
    "/",
    "\\",
    "\n",
    "`",
    "#",
    "a",
    "{nom}",
    '"',
    "&Tab;",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_nor_whatever_else_is_written(text):
    assert outside_the_rules(prose.render(text, {"nom": EVIL})) == []


@pytest.mark.parametrize(
    "html", ["<script>x</script>", "<p onclick=x>", "<a href='javascript:x'>", "<a href='//evil.example'>"]
)
def test_control_what_breaks_the_rules_is_seen(html):
    assert outside_the_rules(html) != []


def test_a_very_long_text_of_brackets_is_no_trouble():
    assert prose.render("[" * 5_000 + "*_" * 5_000 + ">" * 5_000, {}).startswith("<")
