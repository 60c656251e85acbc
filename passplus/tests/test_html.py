"""Every page is valid HTML, what its parts say of each other is true, and no two have the same title."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from accounts.models import User
from core.throttle import TooManyAttempts
from demo import family
from demo.tests.full_house import PEOPLE, furnish

from .crawl import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

POINTERS = ("aria-describedby", "aria-labelledby", "aria-controls", "popovertarget", "for", "list")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FIELDS = {"input", "select", "textarea"}
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
    return [*in_frame(document), *in_ids(document), *in_headings(document), *in_nesting(document)]


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


def title_of(document: Element) -> str:
    return (document.findtext("head/title") or "").strip()


class Reader:
    """Opens pages as one person, and keeps what is wrong with each, and its title."""

    def __init__(self, username: str) -> None:
        self.client = Client()
        if username:
            self.client.force_login(User.objects.get(username=username))
        self.faults: dict[str, list[str]] = {}
        self.titles: dict[str, set[str]] = defaultdict(set)

    def follow(self, address: str) -> list[str]:
        response = self.client.get(address, follow=True)
        assert response.status_code == 200, address
        try:
            document = parse(response.text)
        except html5lib.html5parser.ParseError as error:
            self.faults[address] = [f"invalid: {error}"]
            return []
        if found := faults_of(document):
            self.faults[address] = found
            return []
        arrived = response.request["PATH_INFO"]
        self.titles[title_of(document)].add(arrived)
        return [urljoin(arrived, link.get("href", "")) for link in document.iter("a")]


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page(username):
    family.load()
    reader = Reader(username)

    visited = list(crawl(furnish()[username], reader.follow))

    assert reader.faults == {}
    assert {title: paths for title, paths in reader.titles.items() if len(paths) > 1} == {}
    assert len(visited) > 8


@pytest.mark.parametrize(
    ("username", "form"),
    [
        ("", "/accueil/"),
        ("", "/accueil/identifiants-oublies/"),
        ("", "/accueil/premiere-connexion/"),
        ("garance.test", "/mon-compte/mot-de-passe/"),
    ],
)
def test_forms_with_their_errors(username, form):
    family.load()
    page = Reader(username).client.post(form, {"contact": ""}).text

    assert "À corriger" in page
    assert title_of(parse(page)).startswith("Erreur – ")
    assert faults(page) == []


@pytest.mark.parametrize(
    "link", ["/accueil/premiere-connexion/personne/0000000000000/", "/mon-compte/e-mail/trop-tard/"]
)
def test_links_that_are_of_no_use_any_more(link):
    response = Client().get(link)

    assert response.status_code == 404
    assert faults(response.text) == []


REFUSALS = sorted(path.name for path in (settings.BASE_DIR / "templates").glob("[45]*.html"))


def refusal(template: str, rf: RequestFactory) -> str:
    shown = {"return_url": "/", "refusal": TooManyAttempts(dt.timedelta(minutes=2)), "seconds": 5}
    return render_to_string(template, shown, rf.get("/"))


@pytest.mark.parametrize("template", REFUSALS)
def test_pages_for_when_something_is_wrong(template, rf):
    assert faults(refusal(template, rf)) == []


def test_no_two_of_them_have_the_same_title(rf):
    titles = {title_of(parse(refusal(template, rf))) for template in REFUSALS}

    assert len(titles) == len(REFUSALS)


PAGE = "<!doctype html><html lang=fr><title>Page</title><body><h1>Page</h1>{}</body></html>"


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("<p>bien</p>", None),
        ("<p><div></div></p>", "invalid"),
        ("<b id=a></b><b id=a></b>", "2 elements are #a"),
        ("<label for=b>B</label>", "<label> leads to no #b"),
        ("<a href='#c'>C</a>", "<a> leads to no #c"),
        ("<h1>Encore</h1>", "2 h1"),
        ("<h3>Trop bas</h3>", "h3 after h1"),
        ("<a href=/><button>B</button></a>", "<button> in <a>"),
        ("<span><div></div></span>", "<div> in <span>"),
        ("<ul><b></b></ul>", "<b> in <ul>"),
        ("<img src=x>", "an image without alt"),
    ],
)
def test_control_planted_faults_are_found(planted, fault):
    found = faults(PAGE.format(planted))

    assert [one.partition(":")[0] for one in found] == ([fault] if fault else [])
