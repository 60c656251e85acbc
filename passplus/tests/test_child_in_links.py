"""Wherever a family goes from a page, the child that it chose is still there."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import Resolver404, resolve

from accounts.tests.factories import make_beneficiary, make_user
from content.models import Page
from content.tests.factories import make_article, make_topic
from partners.models import Partner
from partners.tests.factories import make_commune, make_offer, make_partner
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db
PAGES = [
    *("/aide/", "/aide/?q=perdu", "/aide/?q=introuvable-xyz", "/aide/guide/"),
    *("/actualites/", "/actualites/une/", "/contact/", "/soutien-scolaire/", "/plan-du-site/"),
    "/contact/envoye/",
    *("/mentions-legales/", "/donnees-personnelles/", "/accessibilite/", "/donnees-ouvertes/"),
    *("/partenaires/", "/partenaires/?nom=rien", "/partenaires/{partner}/"),
    *("/partenaires/proposer/", "/partenaires/proposer/merci/"),
    *("/mon-compte/", "/mon-compte/coordonnees/", "/mon-compte/e-mail/", "/mon-compte/mot-de-passe/"),
    *("/beneficiaires/{child}/", "/beneficiaires/{child}/compte/"),
    "/beneficiaires/{child}/loisirs/porte-monnaie/",
    "/beneficiaires/{child}/loisirs/transactions/",
    *(f"/beneficiaires/{{child}}/loisirs/transactions/{{ticket}}/{page}" for page in ("", "annuler/")),
    "/beneficiaires/{child}/loisirs/effectuer-une-transaction/",
]
BODY = "La [liste](/partenaires/?nom=chant#resultats), [l’aide](/aide/#question-1)."
# Files, and what is the same whoever it is for.
FOR_ALL = {
    *("content:feed", "content:offline", "partners:csv", "partners:geojson", "privacy:my_data"),
    *("accounts:logout", "accounts:stay", "accounts:login", "accounts:forgotten", "accounts:activate"),
}


@pytest.fixture
def lucien(client):
    make_commune()
    parent = make_user("camille")
    make_beneficiary(parent, first_name="Garance")
    lucien = make_beneficiary(parent, first_name="Lucien")
    offer = make_offer("Chant choral", partner=make_partner("MAITRISE"))
    make_ticket("10", wallet=make_wallet("60", beneficiary=lucien), offer=offer, actor=parent)
    make_article(
        "Une", slug="une", body="La [liste](/partenaires/?nom=chant#resultats), [l’aide](/aide/#question-1)."
    )
    Page.objects.filter(key="contact").update(body="[L’aide](/aide/), [un site](https://autre.example/a).")
    make_topic("Perdu ?", "Voyez [votre compte](/mon-compte/).")
    client.force_login(parent)
    return lucien


def about_anybody(address):
    """Whether it is a page that belongs to nobody, so that only its address says for whom it is read."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return match.namespaces[:1] in (["content"], ["partners"], ["accounts"]) and (
        match.view_name not in FOR_ALL and "public_id" not in match.kwargs
    )


@pytest.mark.parametrize("path", PAGES)
def test_every_link_and_form_keeps_it(client, lucien, path):
    """family.md 5: links within texts, the search of the help and the plan of the site lost it."""
    numbers = {"partner": Partner.objects.get().pk, "ticket": Ticket.objects.get().number}
    path = path.format(child=lucien.public_id, **numbers)
    sep = "&" if "?" in path else "?"
    page = client.get(path if lucien.public_id in path else f"{path}{sep}pour={lucien.public_id}").text
    links = [html.unescape(link) for link in re.findall(r'<a [^>]*href="(/[^"]*)"', page)]
    kept = [link for link in links if about_anybody(link)]

    assert kept
    lost = [link for link in kept if parse_qs(urlsplit(link).query).get("pour") != [lucien.public_id]]
    assert lost == []
    carried = (f"pour={lucien.public_id}", f'name="pour" value="{lucien.public_id}"')
    for form in re.findall(r"<form .*?</form>", page, re.DOTALL):
        action = re.search(r'action="([^"]*)"', form)
        if action and about_anybody(action[1]):
            assert carried[0] in action[1] or carried[1] in form


def test_a_query_and_a_fragment_stay_where_they_are(client, lucien):
    """family.md 5."""
    page = client.get(f"/actualites/une/?pour={lucien.public_id}").text

    assert f'href="/partenaires/?nom=chant&amp;pour={lucien.public_id}#resultats"' in page
    assert f'href="/aide/?pour={lucien.public_id}#question-1"' in page


def test_another_site_learns_nothing(client, lucien):
    """family.md 5."""
    assert 'href="https://autre.example/a"' in client.get(f"/contact/?pour={lucien.public_id}").text


def test_to_nobody_the_texts_are_as_they_are_written(client, lucien):
    client.logout()

    assert "pour=" not in client.get(f"/actualites/une/?pour={lucien.public_id}").text


def test_after_an_organisme_is_proposed(client, lucien):
    """family.md 5."""
    proposed = {"name": "CLUB INCONNU", "commune": "92002", "activity": "Judo", "contact": ""}
    response = client.post(f"/partenaires/proposer/?pour={lucien.public_id}", proposed)

    assert response.url == f"/partenaires/proposer/merci/?pour={lucien.public_id}"
