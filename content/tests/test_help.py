"""The questions of the help, as its page shows them."""

import pytest

from content.models import Audience, HelpTopic

from .factories import make_topic

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("topics")
@pytest.mark.parametrize("typed", ["", "   "])
def test_no_question_shows_them_all_by_audience(client, typed):
    page = client.get("/aide/", {"q": typed}).text
    order = [page.index(f'<h2 id="{audience.value}">') for audience in Audience]

    assert order == sorted(order)
    assert page.count("<details><summary>") == 4


def test_an_audience_without_questions_is_not_there(client):
    HelpTopic.objects.all().delete()
    make_topic("Oui ?")

    assert 'id="familles"' in client.get("/aide/").text
    assert 'id="organismes"' not in client.get("/aide/").text


def test_they_come_in_the_order_that_staff_gave(client):
    HelpTopic.objects.all().delete()
    for position, question in [(20, "B"), (10, "A"), (20, "C")]:
        topic = make_topic(question)
        HelpTopic.objects.filter(pk=topic.pk).update(position=position)
    [(_, families), *_] = client.get("/aide/").context["audiences"]

    assert [topic.question for topic in families] == ["A", "B", "C"]


@pytest.mark.usefixtures("topics")
def test_it_costs_the_same_whatever_is_asked(client, django_assert_num_queries):
    for typed in ("", "ticket", "zzz"):
        with django_assert_num_queries(2):
            client.get("/aide/", {"q": typed})


def test_an_unknown_audience_is_refused(refused_by):
    with refused_by("content_helptopic_audience_is_known"):
        make_topic("?", audience="martiens")


def test_a_question_has_an_address_of_its_own(client):
    """family.md, polish: no question could be sent."""
    topic = make_topic("Pourquoi ?")
    for address in ("/aide/", "/aide/?q=pourquoi"):
        page = client.get(address).text
        assert f'id="question-{topic.pk}"' in page
        assert f'href="/aide/#question-{topic.pk}"' in page
