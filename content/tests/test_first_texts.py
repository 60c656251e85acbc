"""The texts that a new site begins with: no name left between braces, no link that leads nowhere."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from content import facts, first_texts, prose
from content.facts import BRACES
from content.models import Audience, HelpTopic, Page, PageKey

PAGES = list(first_texts.pages())
TOPICS = list(first_texts.help_topics())
TEXTS = [(page["title"], page["body"]) for page in PAGES] + [
    (topic["question"], topic["answer"]) for topic in TOPICS
]
NAMES = [title for title, _ in TEXTS]
# What keyboards write where French has a no-break space.
TORN = re.compile(r"[ \n][:;?!»]|«[ \n]")


def linked() -> list[str]:
    links = {link for _, text in TEXTS for link in re.findall(r"\]\((/[^)]*)\)", text)}
    return sorted(links)


def test_a_new_site_has_them_all(db):
    assert {page.key for page in Page.objects.all()} == set(PageKey.values)
    assert HelpTopic.objects.count() == len(TOPICS)
    assert {topic["audience"] for topic in TOPICS} == set(Audience.values)


@pytest.mark.parametrize("text", TEXTS, ids=NAMES)
@pytest.mark.django_db
def test_it_names_nothing_that_is_not_known(text):
    known = facts.known()
    names = {name[1] for part in text for name in BRACES.finditer(part)}

    assert names <= set(known)


@pytest.mark.parametrize("text", TEXTS, ids=NAMES)
@pytest.mark.django_db
def test_it_reads_as_french(text):
    title, body = text
    known = facts.known()
    read = f"{prose.line(title, known)}\n\n{prose.plain(body, known)}"

    assert TORN.findall(read) == []
    assert "'" not in read
    assert "{" not in read


@pytest.mark.parametrize("link", linked())
@pytest.mark.django_db
def test_its_links_lead_to_a_page(client, link):
    """Of the site; what is behind the login asks for it first."""
    response = client.get(link)

    if response.status_code == 302:
        assert urlsplit(response.url).path == reverse("accounts:login")
        assert link.startswith("/mon-compte/")
    else:
        assert response.status_code == 200


def test_there_are_links_to_be_tried():
    assert len(linked()) > 5


def test_the_cookies_are_those_the_service_sets(settings, db):
    """The page of personal data names each of them."""
    (privacy,) = [page["body"] for page in PAGES if page["key"] == PageKey.PRIVACY]
    known = facts.known()
    cookies = {
        *(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME),
        *(settings.DEVICE_COOKIE_NAME, settings.NOTES_COOKIE_NAME),
    }

    assert cookies <= set(re.findall(r"\*\*([^*]+)\*\*", privacy.format_map(known)))
