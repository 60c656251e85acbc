"""The pages open to everyone, and the front door."""

import pytest

from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db
OPEN_PAGES = [
    "/accueil/",
    "/aide/",
    "/aide/guide/",
    "/actualites/",
    "/contact/",
    "/contact/envoye/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/soutien-scolaire/",
    "/partenaires/",
    "/plan-du-site/",
    "/accessibilite/",
    "/hors-ligne/",
]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_everyone_reads_the_open_pages(client, path):
    assert client.get(path).status_code == 200
    client.force_login(make_user())
    assert client.get(path).status_code in {200, 302}


def test_the_front_door_asks_who_is_there(client):
    assert client.get("/").headers["Location"] == "/accueil/"


def test_an_agent_goes_to_the_admin(client):
    client.force_login(make_user(is_staff=True))

    assert client.get("/").headers["Location"] == "/admin/"


def test_who_is_not_registered_reads_what_to_do(client):
    """family.md 10: the first page said « Déjà inscrit ? » alone."""
    page = client.get("/accueil/").text

    assert "Pas encore inscrit\N{NO-BREAK SPACE}?" in page
    for case in ("Entrée en 6e", "Collège privé", "Collège hors du département", "Ni lettre ni e-mail"):
        assert case in page
    found = client.get("/aide/?q=inscription").context["found"]
    assert found[0].question == "Comment inscrire mon enfant ?"


def test_a_link_sent_by_message_says_what_it_is(client, settings):
    """family.md, polish: no description, no title, no picture."""
    page = client.get("/accueil/").text

    assert page.count('<meta name="description"') == page.count('<meta property="og:description"') == 1
    assert '<meta property="og:title" content="Connexion">' in page
    assert f'<meta property="og:image" content="{settings.SITE_URL}/static/img/apple-touch-icon' in page
    assert '<meta name="description" content="Les organismes affiliés' in client.get("/partenaires/").text


def test_the_tickets_of_the_first_page_are_tickets(client):
    """family.md, polish: two grey bars and an empty stub looked like a page that loads."""
    fan = client.get("/accueil/").text.partition('<div class="fan"')[2].partition("</section>")[0]

    assert "JUDO CLUB" in fan
    assert "50,00\N{NO-BREAK SPACE}€" in fan
