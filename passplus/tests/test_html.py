"""Every page is valid HTML, what its parts say of each other is true, and no two have the same title."""

import datetime as dt
from collections import defaultdict
from urllib.parse import urljoin

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
from .html_faults import faults, faults_of, parse, title_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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

    visited = list(crawl(furnish()[username], reader.follow, alike=3))

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
    shown = {
        "return_url": "/",
        "has_cookies": True,
        "refusal": TooManyAttempts(dt.timedelta(minutes=2)),
        "seconds": 5,
    }
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
        ("<input name=d>", "a field without a name"),
        ("<input name=d placeholder=D aria-label=' '>", "a field without a name"),
        ("<label for=d> </label><select id=d></select>", "a field without a name"),
        ("<label><img src=x alt=D><input></label>", None),
        ("<label for=d>D</label><textarea id=d></textarea>", None),
        ("<input aria-label=D><input type=hidden><input type=submit>", None),
    ],
)
def test_control_planted_faults_are_found(planted, fault):
    found = faults(PAGE.format(planted))

    assert [one.partition(":")[0] for one in found] == ([fault] if fault else [])
