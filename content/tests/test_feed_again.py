"""Who asks for the feed again, and who may keep it."""

import datetime as dt

import pytest

from accounts.tests.factories import make_user
from content.models import Article

from .factories import make_article
from .feed import ATOM, entries, read

pytestmark = pytest.mark.django_db


def test_written_in_advance_it_is_new_when_it_appears(client):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(updated_at=article.publish_at - dt.timedelta(days=30))
    updated = entries(read(client))[0].findtext(f"{ATOM}updated")

    assert dt.datetime.fromisoformat(updated) == article.publish_at


def test_it_is_not_sent_twice_to_who_has_it(client):
    article = make_article()
    first = client.get("/actualites/flux/")
    again = {"If-None-Match": first.headers["ETag"]}

    assert "max-age=600" in first.headers["Cache-Control"]
    assert client.get("/actualites/flux/", headers=again).status_code == 304
    article.title = "Autre titre"
    article.save()
    assert client.get("/actualites/flux/", headers=again).status_code == 200


def test_no_shared_cache_keeps_the_answer_to_who_is_connected(client):
    client.force_login(make_user())

    assert "private" in client.get("/actualites/flux/").headers["Cache-Control"]


def test_the_page_of_the_news_leads_to_it(client):
    page = client.get("/actualites/").text

    assert (
        '<link rel="alternate" type="application/atom+xml" title="Actualités" href="/actualites/flux/">'
        in page
    )
