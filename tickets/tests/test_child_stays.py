"""The child that was chosen stays: in the header, in links, in what is asked for."""

import re

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from partners.models import Commune
from partners.tests.factories import make_commune, make_offer, make_partner
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db
OF_NOBODY = ["/partenaires/", "/aide/", "/aide/guide/", "/actualites/", "/soutien-scolaire/", "/contact/"]
OF_ACCOUNT = ["/mon-compte/", "/mon-compte/mot-de-passe/"]


@pytest.fixture
def parent(client):
    make_commune("92002", "Antony")
    parent = make_user("camille", first_name="Camille", last_name="TEST")
    client.force_login(parent)
    return parent


@pytest.fixture
def lucien(parent):
    make_beneficiary(parent, first_name="Garance")
    return make_beneficiary(parent, first_name="Lucien", insee_code="92002")


def header(client, path):
    return client.get(path).text.partition("<main")[0].replace("\xa0", " ")


@pytest.mark.parametrize("path", [*OF_NOBODY, *OF_ACCOUNT])
def test_in_the_header_and_in_every_link_of_it(client, lucien, path):
    """family.md 5: the header said « Camille », and « Mes transactions » asked for a child again."""
    home = header(client, f"/beneficiaires/{lucien.public_id}/")
    assert f'href="{path}?pour={lucien.public_id}"' in home

    top = header(client, f"{path}?pour={lucien.public_id}")
    assert f"Connecté sous : <b>{lucien.full_name}" in top
    assert f'href="/beneficiaires/{lucien.public_id}/loisirs/transactions/"' in top
    assert all(f'href="{other}?pour={lucien.public_id}"' in top for other in OF_NOBODY)


@pytest.mark.parametrize("path", OF_NOBODY)
def test_a_strangers_child_is_not_there(client, lucien, path):
    stranger = make_beneficiary(make_user(), first_name="Secrète")

    for public_id in (stranger.public_id, "x", "0" * 10):
        page = client.get(f"{path}?pour={public_id}")
        assert page.status_code == 200
        assert "Secrète" not in page.text
        assert "<b>Camille TEST" in page.text


def test_nobody_is_connected(client, lucien):
    client.logout()

    assert client.get(f"/partenaires/?pour={lucien.public_id}").status_code == 200


def test_after_a_form_of_ones_account_too(client, lucien):
    response = client.post(f"/mon-compte/e-mails/?pour={lucien.public_id}")

    assert response.url == f"/mon-compte/?pour={lucien.public_id}"


def test_the_directory_begins_around_the_child(client, lucien):
    """family.md 5: « Où l'utiliser ? » opened all the organismes of the département."""
    make_wallet(beneficiary=lucien)
    home = client.get(f"/beneficiaires/{lucien.public_id}/").text
    [link] = re.findall(r'href="(/partenaires/\?[^"]*porte_monnaie=[^"]*)">Où', home)
    form = client.get(link.replace("&amp;", "&")).context["form"]

    asked = (form.data["commune"], form.data["autour"], form.data["porte_monnaie"])
    assert asked == ("92002", "on", "culture")


def test_all_the_communes_may_still_be_asked_for(client, lucien):
    form = client.get("/partenaires/", {"pour": lucien.public_id, "nom": "", "commune": ""}).context["form"]

    assert form.data["commune"] == ""


def test_of_a_child_who_lives_elsewhere(client, lucien):
    Commune.objects.all().delete()

    assert client.get(f"/partenaires/?pour={lucien.public_id}").status_code == 200


def test_here_is_for_this_child(client, lucien):
    """family.md 5: « Créer un ticket ici » listed four wallets of two children."""
    offer = make_offer("Judo", Kind.SPORT)
    other = lucien.guardians.get().children.exclude(pk=lucien.pk).get()
    wallets = [make_wallet(kind=Kind.SPORT, beneficiary=child) for child in (lucien, other)]
    here = f"/partenaires/{offer.partner_id}/creer-un-ticket/"

    assert len(client.get(here).context["ways"]) == 2
    response = client.get(f"{here}?pour={lucien.public_id}")
    assert response.url.endswith(f"/organisme/{offer.partner_id}/{wallets[0].pk}/")


def test_the_search_of_an_organisme_begins_where_the_child_lives(client, lucien):
    """family.md 22: the commune was not preset, and lists of one had to be opened."""
    make_wallet(beneficiary=lucien)
    judo = make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO"))
    path = f"/beneficiaires/{lucien.public_id}/loisirs/effectuer-une-transaction/organisme/"
    page = client.get(path).text

    assert '<option value="92002" selected>' in page
    assert '<option value="sport" selected>' in page
    assert f'<option value="{judo.partner_id}" selected>' in page
    assert "À corriger" not in page


def test_without_javascript_the_only_organisme_is_chosen_and_shown(client, lucien):
    """family.md 22."""
    make_wallet(beneficiary=lucien)
    judo = make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO"))
    make_offer("Chant", Kind.CULTURE, partner=make_partner("MAITRISE"))
    path = f"/beneficiaires/{lucien.public_id}/loisirs/effectuer-une-transaction/organisme/"
    page = client.get(path, {"commune": "92002", "activites": "sport"})

    assert page.status_code == 200
    assert f'<option value="{judo.partner_id}" selected>' in page.text


@pytest.mark.parametrize(
    ("onward", "path"), [("", ""), ("?vers=statement", "loisirs/transactions/"), ("?vers=admin", "")]
)
def test_nobody_chooses_among_one(client, parent, onward, path):
    """family.md 50: a parent of one child had to choose it."""
    only = make_beneficiary(parent)

    assert client.get(f"/beneficiaires/{onward}").url == f"/beneficiaires/{only.public_id}/{path}"
    assert client.get("/").url == f"/beneficiaires/{only.public_id}/"
    assert "Tous mes enfants" not in client.get(f"/beneficiaires/{only.public_id}/").text


def test_nor_does_a_child(client, parent):
    """family.md 50: it read « Mes enfants – Choisissez un enfant »."""
    child = make_user("garance")
    garance = make_beneficiary(parent, user=child)
    client.force_login(child)

    assert client.get("/beneficiaires/").url == f"/beneficiaires/{garance.public_id}/"
    # Its name is on every page anyway.
    assert "?pour=" not in client.get("/aide/").text
