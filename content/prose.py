"""Markdown, as staff write it, to HTML that may stand on a page.

Nothing of what is written reaches the page as HTML: neither tags nor pictures are read, and a link
leads to a page of ours, to another site, to an address or to a telephone, or it is no link.
"""

import re

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from .facts import BRACES, Facts
from .markdown import french, markdown

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
FIRST_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def render(text: str, facts: Facts, carried: str = "", *, top: int = 2) -> SafeString:
    """Its highest heading becomes an `<h2>`, or whatever `top` says. `carried` is the query that its links to
    our pages keep, or nothing.
    """
    html: str = markdown.render(_filled(text, facts), {"top": top, "carried": carried})
    return mark_safe(html)  # noqa: S308 – see above, and tests/test_markdown_attacks.py


def under_a_question(text: str, facts: Facts, carried: str = "") -> SafeString:
    """Where the question is a heading of the second level already."""
    return render(text, facts, carried, top=3)


def opening(text: str, facts: Facts) -> SafeString:
    """The words of the first paragraph, for lists."""
    first = FIRST_PARAGRAPH.search(render(text, facts))
    return mark_safe(strip_tags(first[1])) if first else mark_safe("")  # noqa: S308 – escaped by `render`


def plain(text: str, facts: Facts) -> str:
    """The words alone, escaped, to be searched."""
    return strip_tags(render(text, facts))


def line(text: str, facts: Facts) -> str:
    """A title or a question: no Markdown, and still to be escaped."""
    return french(BRACES.sub(lambda name: facts.get(name[1], name[0]), text))


def _filled(text: str, facts: Facts) -> str:
    """With each known name replaced; what replaces it is words, never Markdown."""
    return BRACES.sub(lambda name: PUNCTUATION.sub(r"\\\1", facts.get(name[1], name[0])), text)
