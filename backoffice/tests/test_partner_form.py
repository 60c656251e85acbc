"""An organisme that an agent types: no less is asked than of a file."""

import pytest

from accounts.audit import AuditEntry
from partners.models import Partner
from partners.tests.factories import make_commune, make_partner

from .filled import filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agent")]
ADD = "/admin/partners/partner/add/"
SIRET = "73282932000074"


@pytest.fixture
def judo():
    make_commune("92071", "Sceaux")
    return make_partner("JUDO CLUB DE BAGNEUX", siret=SIRET, rna="W922001234")


def said(**changed):
    return {
        "name": "NOUVEAU CLUB",
        "commune": "92002",
        "affiliated_from": "01/09/2020",
        "offers-TOTAL_FORMS": "0",
        "offers-INITIAL_FORMS": "0",
        **changed,
    }


def test_the_numbers_are_kept_in_their_one_writing(client, judo):
    sent = said(siret=" 552 081 317\N{NO-BREAK SPACE}00018", rna="w 922 005 678")
    assert client.post(ADD, sent).status_code == 302

    partner = Partner.objects.latest("pk")
    assert (partner.siret, partner.rna) == ("55208131700018", "W922005678")


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"siret": "73282932000075"}, "un chiffre est faux"),
        ({"rna": "922"}, "n’est pas un numéro RNA"),
    ],
)
def test_a_number_that_is_none_is_refused(client, judo, numbers, sentence):
    assert sentence in client.post(ADD, said(**numbers)).text
    assert Partner.objects.count() == 1


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [({"siret": "732 829 320 00074"}, "732 829 320 00074"), ({"rna": "w922001234"}, "W922001234")],
)
def test_a_number_of_another_one_names_it(client, judo, numbers, shown):
    """admin.md 26"""
    told = client.post(ADD, said(**numbers)).text

    link = f'<a href="/admin/partners/partner/{judo.pk}/change/">JUDO CLUB DE BAGNEUX, Antony</a>'
    assert f"{shown} est déjà celui de {link}" in told
    assert Partner.objects.count() == 1


@pytest.mark.parametrize("name", ["JUDO CLUB DE BAGNEUX", "Judo-club de Bagneux"])
def test_the_same_name_in_the_same_commune_is_shown_first(client, judo, name):
    """admin.md 26: accepted by hand, « JUDO CLUB DE BAGNEUX » twice."""
    told = client.post(ADD, said(name=name)).text
    assert "existe déjà" in told
    assert f"/admin/partners/partner/{judo.pk}/change/" in told
    assert Partner.objects.count() == 1

    assert client.post(ADD, said(name=name, looked="on")).status_code == 302
    assert Partner.objects.count() == 2
    assert ["C’est un autre organisme", "", "oui"] in AuditEntry.objects.latest("pk").changes


def test_elsewhere_it_is_another_one(client, judo):
    assert client.post(ADD, said(name=judo.name, commune="92071")).status_code == 302


def test_a_page_that_is_saved_as_it_is_asks_nothing(client, judo):
    make_partner(judo.name)
    sent = said(name=judo.name, siret=judo.siret, rna=judo.rna, phone="01 40 00 00 00")

    assert client.post(f"/admin/partners/partner/{judo.pk}/change/", sent).status_code == 302


@pytest.mark.parametrize(
    "typed", ["732 829 320 00074", "73282932000074", "732 829 320", "w922001234", "bagneux"]
)
def test_it_is_found_by_its_numbers(client, judo, typed):
    make_partner("AUTRE CLUB", siret="55208131700018")
    found = client.get("/admin/partners/partner/", {"q": typed}).context["cl"].result_list

    assert [partner.name for partner in found] == ["JUDO CLUB DE BAGNEUX"]


def test_a_position_that_an_agent_types_is_not_looked_for_again(client, judo):
    located = {"located_address": "92002 3 rue des Sports", "latitude": 48, "longitude": 2}
    Partner.objects.filter(pk=judo.pk).update(address="3 rue des Sports", **located)
    page = f"/admin/partners/partner/{judo.pk}/change/"

    sent = filled(client.get(page).text, "partner_form") | {"latitude": ["48.5"]}
    assert client.post(page, sent).status_code == 302

    judo.refresh_from_db()
    assert (float(judo.latitude), judo.located_address) == (48.5, "")
