"""What may stand in the HTML of a text."""

import re

import html5lib

ELEMENTS = {
    "html",
    "head",
    "body",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "br",
    "a",
}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}}
SAFE_LINK = re.compile(r"(https?://|mailto:|tel:|/(?![/\\]))", re.IGNORECASE)


def outside_the_rules(html: str) -> list[str]:
    """The elements, attributes and links that no text may bring. Parsed as a browser does."""
    document = html5lib.parse(html, namespaceHTMLElements=False)
    found = []
    for element in document.iter():
        name = str(element.tag)
        found += [name] * (name not in ELEMENTS)
        found += [f"{name} {key}" for key in element.attrib if key not in ATTRIBUTES.get(name, set())]
        href = element.get("href")
        found += [f"href {href}"] * (href is not None and not SAFE_LINK.match(href))
    return found
