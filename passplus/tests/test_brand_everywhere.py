"""The words of `brand.toml` are on every page, e-mail and paper, and ours on none, under another name."""

import ast
import re
from urllib.parse import urljoin

import html5lib
import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.tests.factories import make_user
from accounts.tests.letters.printed import letter_to, texts_of
from core.tests.queue import work
from demo import family
from demo.tests.full_house import PEOPLE, furnish
from passplus import branding
from tickets import pdf
from tickets.tests.factories import make_ticket
from tickets.tests.paper import loaded, text_of

from .crawl import crawl
from .mails import MAILS
from .rooms import sources

OURS = re.compile(r"Pass[\s\N{NO-BREAK SPACE}]?\+|Hauts-de-Seine")


@pytest.fixture
def other_brand(tmp_path, settings):
    file = tmp_path / "brand.toml"
    file.write_text('name = "Carte Ados"\nterritory = "Creuse"\nhelp_email = "aide@creuse.example"\n')
    settings.BRAND = branding.read(file)


def test_the_name_on_top_is_the_guides_unless_another_is_written(tmp_path):
    file = tmp_path / "brand.toml"
    assert branding.read(file)["display_name"] == "Pass\N{NO-BREAK SPACE}+"

    file.write_text('name = "Carte Ados"\n')
    assert branding.read(file)["display_name"] == "Carte Ados"

    example = (settings.BASE_DIR / "brand.example.toml").read_text()
    file.write_text(example.replace('"Pass+"', '"Carte Ados"'))
    assert branding.read(file)["display_name"] == "Carte Ados"

    file.write_text('name = "Ados+"\ndisplay_name = "Ados plus"\n')
    assert branding.read(file)["display_name"] == "Ados plus"


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("username", PEOPLE)
def test_no_page_keeps_our_words(username, other_brand):
    family.load()
    client, ours = Client(), {}
    if username:
        client.force_login(User.objects.get(username=username))

    def follow(address):
        response = client.get(address, follow=True)
        if found := OURS.findall(response.text):
            ours[address] = found
        document = html5lib.parse(response.text, namespaceHTMLElements=False)
        return [urljoin(response.request["PATH_INFO"], link.get("href", "")) for link in document.iter("a")]

    visited = list(crawl(furnish()[username], follow, alike=1))

    assert ours == {}
    assert len(visited) > 8
    who = "Organisme" if username == "danse.test" else "Bénéficiaire"
    assert f"{who} Carte Ados" in client.get("/", follow=True).text


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("which", MAILS)
def test_no_email_keeps_them(which, other_brand, mailoutbox):
    MAILS[which]()
    work()
    message = mailoutbox[-1]
    [(html, _)] = message.alternatives

    assert OURS.findall(f"{message.subject} {message.body} {html}") == []


@pytest.mark.django_db
@pytest.mark.any_database
def test_no_paper_keeps_them(other_brand):
    ticket = text_of(pdf.render(loaded(make_ticket())))
    _, letter = letter_to(make_user("camille"))
    papers = [ticket, *texts_of(letter)]

    assert [OURS.findall(paper) for paper in papers] == [[] for _ in papers]
    assert all("Carte Ados" in paper for paper in papers)


def words_of(path):
    """Of a Python file, its texts without its docstrings."""
    tree = ast.parse(path.read_text())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_they_are_written_in_one_file_only():
    """Pages that no crawl reaches, those of agents too; what nginx says; what a command prints."""
    root = settings.BASE_DIR
    written = {path: path.read_text() for path in (root / "deploy" / "nginx").glob("*.html")}
    for folder in ("templates", "backoffice/templates", "content/texts", "static/js"):
        written |= {path: path.read_text() for path in (root / folder).rglob("*.*")}
    written |= {path: "\n".join(words_of(path)) for path in sources()}

    found = {str(path.relative_to(root)) for path, text in written.items() if OURS.search(text)}

    assert found == {"passplus/branding.py"}
    assert len(written) > 500
