"""An agent writes a text in the admin."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from content.models import Article, HelpTopic, Page, PageKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(enter):
    return enter(make_user("agent", is_staff=True, is_superuser=True))


def send(agent, name, values, *args):
    return agent.post(reverse(f"admin:content_{name}", args=args), values)


def article(**changed):
    date, time = timezone.localtime().strftime("%d/%m/%Y %H:%M:%S").split()
    return {
        "title": "Les tickets sont là",
        "slug": "les-tickets-sont-la",
        "publish_at_0": date,
        "publish_at_1": time,
        "body": "Jusqu’au {dernier_ticket}.",
    } | changed


def test_an_article_that_is_written_is_read(agent, client):
    assert send(agent, "article_add", article()).status_code == 302

    assert "<h1>Les tickets sont là</h1>" in client.get("/actualites/les-tickets-sont-la/").text


def test_a_name_that_stands_for_nothing_is_refused_beside_its_field(agent):
    response = send(agent, "article_add", article(body="Jusqu’au {demain}."))

    assert "On ne peut pas remplacer {demain}." in str(response.context["adminform"].form.errors["body"])
    assert Article.objects.count() == 0


def test_the_field_says_how_to_write_and_what_each_name_stands_for(agent):
    page = agent.get(reverse("admin:content_article_add")).text

    assert "{dernier_ticket}" in page
    assert "**en gras**" in page


def test_a_question_is_corrected(agent, client):
    topic = HelpTopic.objects.first()
    values = {"audience": topic.audience, "question": topic.question, "position": 1, "answer": "Autrement."}

    assert send(agent, "helptopic_change", values, topic.pk).status_code == 302
    assert "Autrement." in client.get(reverse("content:help")).text


def test_a_page_changes_its_text_and_neither_comes_nor_goes(agent, client):
    page = Page.objects.get(key=PageKey.LEGAL)
    assert send(agent, "page_change", {"title": page.title, "body": "Éditeur."}, page.pk).status_code == 302
    assert "Éditeur." in client.get(reverse("content:legal")).text

    assert agent.get(reverse("admin:content_page_add")).status_code == 403
    assert agent.post(reverse("admin:content_page_delete", args=[page.pk])).status_code == 403


def test_a_text_is_dated_by_a_change(client, enter):
    """The feed and the caches go by this date, which no form has."""
    enter(make_user("redaction", is_staff=True, is_superuser=True))
    page = Page.objects.first()
    Page.objects.update(updated_at=timezone.now() - dt.timedelta(days=30))
    for body, is_new in ((page.body, False), ("Autre texte.", True)):
        client.post(f"/admin/content/page/{page.pk}/change/", {"title": page.title, "body": body})
        now = Page.objects.get(pk=page.pk)
        assert (now.body == "Autre texte.") == is_new
        assert (now.updated_at > timezone.now() - dt.timedelta(days=1)) == is_new
