"""What the feed says."""

import datetime as dt
import re

import pytest

from .factories import make_article
from .feed import ATOM, entries, read

pytestmark = pytest.mark.django_db
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def test_it_has_all_that_atom_asks_for(client):
    make_article("L'été & le sport", body="# Bonjour\n\nLe [guide](/aide/guide/) <script>x</script>")
    feed = read(client)
    [entry] = entries(feed)

    assert "Actualités de Pass+" in feed.findtext(f"{ATOM}title")
    for element in (feed, entry):
        assert element.findtext(f"{ATOM}id").startswith("tag:pass.example,2026:")
        assert RFC3339.fullmatch(element.findtext(f"{ATOM}updated"))
        assert element.find(f"{ATOM}link").get("href").startswith("http://testserver/actualites/")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/actualites/flux/"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "LE DÉPARTEMENT Hauts-de-Seine"  # family.md 44
    assert RFC3339.fullmatch(entry.findtext(f"{ATOM}published"))
    assert entry.findtext(f"{ATOM}title") == "L’été & le sport"
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert '<a href="https://pass.example/aide/guide/">' in summary.text
    assert "<script" not in summary.text


def test_nothing_before_its_time_and_the_newest_first_even_with_a_pinned_one(client):
    make_article("demain", after=dt.timedelta(days=1))
    make_article("épinglé", after=dt.timedelta(days=-2), pinned=True)
    make_article("hier", after=dt.timedelta(days=-1))

    assert [entry.findtext(f"{ATOM}title") for entry in entries(read(client))] == ["hier", "épinglé"]


def test_an_article_keeps_its_id_under_another_title_and_address(client):
    article = make_article()
    before = entries(read(client))[0].findtext(f"{ATOM}id")
    article.title, article.slug = "Autre titre", "autre-adresse"
    article.save()
    make_article()

    assert before in {entry.findtext(f"{ATOM}id") for entry in entries(read(client))}
    assert len({entry.findtext(f"{ATOM}id") for entry in entries(read(client))}) == 2


def test_it_is_valid_without_any_article(client):
    feed = read(client)

    assert entries(feed) == []
    assert RFC3339.fullmatch(feed.findtext(f"{ATOM}updated"))


def test_twenty_at_most(client):
    for number in range(21):
        make_article(after=dt.timedelta(minutes=-number))

    assert len(entries(read(client))) == 20


def test_it_says_the_time_of_here(client):
    make_article(publish_at=dt.datetime(2026, 7, 1, 7, tzinfo=dt.UTC))

    assert entries(read(client))[0].findtext(f"{ATOM}published") == "2026-07-01T09:00:00+02:00"
