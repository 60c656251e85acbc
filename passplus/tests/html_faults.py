"""What is wrong in a page: its frame, its identifiers, its headings, its nesting, the names of its fields."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

POINTERS = ("aria-describedby", "aria-labelledby", "aria-controls", "popovertarget", "for", "list")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FIELDS = {"input", "select", "textarea"}
# Inputs that nobody fills in, or that say themselves what they do.
OTHER_INPUTS = {"hidden", "submit", "button", "reset"}
INTERACTIVE = {"a", "button", "summary", "label", "details", *FIELDS}
# What html5lib lets pass: an element on the left holds none of those on the right.
BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "form", "section", "article", "fieldset", "nav", *HEADINGS}
HOLDS_NO = {
    "a": INTERACTIVE,
    "button": INTERACTIVE | BLOCKS,
    "label": (INTERACTIVE - FIELDS) | BLOCKS,
    "summary": INTERACTIVE,
    "span": BLOCKS,
    "form": {"form"},
} | dict.fromkeys(HEADINGS, BLOCKS)
CHILDREN_OF = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"td", "th"}}


def parse(html: str) -> Element:
    """Raises ParseError at the first fault."""
    document: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return document


def faults(html: str) -> list[str]:
    try:
        document = parse(html)
    except html5lib.html5parser.ParseError as error:
        return [f"invalid: {error}"]
    return faults_of(document)


def faults_of(document: Element) -> list[str]:
    return [
        *(*in_frame(document), *in_ids(document), *in_headings(document), *in_nesting(document)),
        *in_names(document),
    ]


def in_frame(document: Element) -> Iterator[str]:
    if document.get("lang") != "fr":
        yield "not in French"
    if not title_of(document):
        yield "no title"
    yield from ("an image without alt" for image in document.iter("img") if "alt" not in image.attrib)


def in_ids(document: Element) -> Iterator[str]:
    ids = Counter(element.attrib["id"] for element in document.iter() if "id" in element.attrib)
    yield from (f"{count} elements are #{name}" for name, count in ids.items() if count > 1)
    for element in document.iter():
        named = [name for pointer in POINTERS for name in element.get(pointer, "").split()]
        if element.tag == "a" and element.get("href", "").startswith("#"):
            named.append(element.get("href", "").removeprefix("#"))
        yield from (f"<{element.tag}> leads to no #{name}" for name in named if name not in ids)


def in_headings(document: Element) -> Iterator[str]:
    levels = [HEADINGS.index(element.tag) + 1 for element in document.iter() if element.tag in HEADINGS]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    for above, level in zip([1, *levels], levels, strict=False):
        if level > above + 1:
            yield f"h{level} after h{above}"


def in_nesting(document: Element) -> Iterator[str]:
    for outer in document.iter():
        allowed = CHILDREN_OF.get(outer.tag)
        yield from (
            f"<{child.tag}> in <{outer.tag}>" for child in outer if allowed and child.tag not in allowed
        )
        refused = HOLDS_NO.get(outer.tag, set())
        inside = (inner for child in outer for inner in child.iter())
        yield from (f"<{inner.tag}> in <{outer.tag}>" for inner in inside if inner.tag in refused)


def in_names(document: Element) -> Iterator[str]:
    """A field is called by a label that leads to it or holds it, or by words that are heard alone."""
    labels = [label for label in document.iter("label") if _words(label)]
    ids = {label.get("for") for label in labels if "for" in label.attrib}
    held = {field for label in labels for field in label.iter()}
    for field in document.iter():
        if field.tag not in FIELDS or field.get("type") in OTHER_INPUTS:
            continue
        if not (field in held or field.get("id") in ids or _is_named(field)):
            yield f"a field without a name: {field.get('name') or field.get('id')}"


def _words(label: Element) -> str:
    images = (image.get("alt", "") for image in label.iter("img"))
    return "".join([*label.itertext(), *images]).strip()


def _is_named(field: Element) -> bool:
    return bool(field.get("aria-label", "").strip() or field.get("aria-labelledby"))


def title_of(document: Element) -> str:
    return (document.findtext("head/title") or "").strip()
