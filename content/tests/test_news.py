"""Les actualités: published at their time, pinned ones first, ten to a page."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.tests.factories import grant, make_user
from content.models import Article

from .factories import make_article

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)


def titles(client, **query):
    return [article.title for article in client.get("/actualites/", query).context["page"]]


@pytest.fixture
def stopped_clock(monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.mark.usefixtures("stopped_clock")
@pytest.mark.parametrize(
    ("after", "status", "listed"),
    [(-SECOND, 200, ["La rentrée"]), (0 * SECOND, 200, ["La rentrée"]), (SECOND, 404, [])],
    ids=["a second ago", "now", "in a second"],
)
def test_an_article_appears_at_its_time(client, after, status, listed):
    article = make_article(after=after)

    assert titles(client) == listed
    assert client.get(article.get_absolute_url()).status_code == status


def test_the_pinned_ones_come_first_then_the_newest(client):
    for title, days, pinned in [("vieux", -9, False), ("neuf", -1, False), ("épinglé", -20, True)]:
        make_article(title, after=dt.timedelta(days=days), pinned=pinned)

    assert titles(client) == ["épinglé", "neuf", "vieux"]


def test_who_may_write_it_reads_it_in_advance(client):
    article = make_article(after=dt.timedelta(days=1))
    client.force_login(make_user("parent"))
    assert client.get(article.get_absolute_url()).status_code == 404
    agent = make_user("agent", is_staff=True)
    grant(agent, "view_article")
    client.force_login(agent)

    assert "Visible par les agents seulement" in client.get(article.get_absolute_url()).text
    assert titles(client) == []


def test_ten_to_a_page_and_beyond_the_end_the_last_one(client):
    for number in range(11):
        make_article(f"Actualité {number}", after=dt.timedelta(hours=-1 - number))

    assert len(titles(client)) == 10
    assert titles(client, page=2) == titles(client, page=99) == ["Actualité 10"]
    assert titles(client, page="x") == titles(client)
    assert "Page 1 sur 2" in client.get("/actualites/").text


def test_the_list_shows_the_beginning_and_costs_the_same_for_many(client, django_assert_num_queries):
    make_article(body="# Titre\n\nDu **sport** <b>et</b>\nde la culture.\n\nSuite cachée.")
    with django_assert_num_queries(3):
        page = client.get("/actualites/").text
    for _ in range(5):
        make_article()

    assert "Du sport &lt;b&gt;et&lt;/b&gt;\nde la culture." in page
    assert "Suite cachée" not in page
    with django_assert_num_queries(3):
        client.get("/actualites/")


def test_none_yet(client):
    assert "Pas d’actualité pour l’instant" in client.get("/actualites/").text


@pytest.mark.parametrize(
    "path", ["/actualites/nulle-part/", "/actualites/%C3%A9t%C3%A9/", "/actualites/a b/"]
)
def test_no_such_article(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("slug", "constraint"),
    [("deja", "content_article_slug_is_unique"), ("flux", "content_article_slug_is_not_the_feeds")],
)
def test_an_address_that_cannot_be_is_refused(slug, constraint, refused_by):
    make_article(slug="deja")

    with pytest.raises(ValidationError, match="adresse"):
        Article(title="x", slug=slug, body="x").full_clean()
    with refused_by(constraint):
        make_article(slug=slug)
