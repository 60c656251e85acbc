"""The Markdown that staff write: what is read of it, and how it is drawn."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from core.routes import with_query
from core.unbroken import unbroken

from .facts import NBSP

# One slash and a name: browsers take « // » and « /\ » for the beginning of another site.
ALLOWED_LINK = re.compile(r"https?://|mailto:|tel:|/(?![/\\])", re.IGNORECASE)
OTHER_SITE = re.compile(r"https?://", re.IGNORECASE)


def french(text: str) -> str:
    """The apostrophe and the no-break spaces that keyboards do not have."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r" (?=[:;?!»€%](?!\w))", NBSP, text)
    text = re.sub("«[ ]?", f"«{NBSP}", text)
    return unbroken(re.sub(r"(?<=\d) (?=\d{3}\b)|(?<=n°) (?=\d)", NBSP, text))


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


def _open_link(
    renderer: object, tokens: Sequence[Token], index: int, options: object, env: Mapping[str, Any]
) -> str:
    """A page of ours gets what the page around carries along in its links."""
    address = str(tokens[index].attrGet("href"))
    if address.startswith("/"):
        address = with_query(address, env["carried"])
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


markdown = _build()
