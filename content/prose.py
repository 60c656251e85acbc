"""Markdown, as staff write it, to HTML that may stand on a page.

Nothing of what is written reaches the page as HTML: neither tags nor pictures are read, and a link
leads to a page of ours, to another site, to an address or to a telephone, or it is no link.
"""

import re
from collections.abc import Sequence
from html import escape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from .facts import BRACES, NBSP, Facts

# One slash and a name: browsers take « // » and « /\ » for the beginning of another site.
ALLOWED_LINK = re.compile(r"https?://|mailto:|tel:|/(?![/\\])", re.IGNORECASE)
OTHER_SITE = re.compile(r"https?://", re.IGNORECASE)
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
FIRST_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def render(text: str, facts: Facts, *, top: int = 2) -> SafeString:
    """Its highest heading becomes an `<h2>`, or whatever `top` says."""
    html: str = _markdown.render(_filled(text, facts), {"top": top})
    return mark_safe(html)  # noqa: S308 – see above, and tests/test_markdown_attacks.py


def under_a_question(text: str, facts: Facts) -> SafeString:
    """Where the question is a heading of the second level already."""
    return render(text, facts, top=3)


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


def french(text: str) -> str:
    """The apostrophe and the no-break spaces that keyboards do not have."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r" (?=[:;?!»€%](?!\w))", NBSP, text)
    text = re.sub("«[ ]?", f"«{NBSP}", text)
    return re.sub(r"(?<=\d) (?=(?:h|\d{3})\b)|(?<=\dh|n°| h) (?=\d)", NBSP, text)


def _filled(text: str, facts: Facts) -> str:
    """With each known name replaced; what replaces it is words, never Markdown."""
    return BRACES.sub(lambda name: PUNCTUATION.sub(r"\\\1", facts.get(name[1], name[0])), text)


def _mend(state: StateCore) -> None:
    """After parsing: headings that follow one another without a gap, and French typography."""
    above: list[int] = []
    for token in state.tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(len(above) - 1 + state.env['top'], 6)}"
        for child in token.children or []:
            if child.type == "text":
                child.content = french(child.content)


def _open_link(renderer: object, tokens: Sequence[Token], index: int, *rest: object) -> str:
    address = str(tokens[index].attrGet("href"))
    if not address:
        return "<a>"  # « [here]() »: one that leads nowhere yet.
    rel = ' rel="noopener external"' if OTHER_SITE.match(address) else ""
    return f'<a href="{escape(address)}"{rel}>'


def _build() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False})
    # A backslash, which guards what replaces a name, says nothing inside of code.
    markdown.disable(["code", "fence", "backticks", "autolink", "image", "html_block", "html_inline"])
    markdown.core.ruler.push("mend", _mend)
    markdown.validateLink = lambda url: bool(ALLOWED_LINK.match(url))  # type: ignore[method-assign]
    markdown.add_render_rule("link_open", _open_link)
    return markdown


_markdown = _build()
