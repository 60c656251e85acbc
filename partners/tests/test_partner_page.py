"""The page of one organisme, to keep and to send."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from accounts.tests.factories import make_beneficiary, make_user
from partners.models import Partner
from partners.tests.factories import make_offer, make_partner
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def club():
    partner = make_partner(
        "JUDO CLUB D ANTONY",
        address="2 rue de l’Abbaye",
        postcode="92160",
        phone="01 99 00 10 01",
        website="https://judo.example/",
    )
    make_offer("Judo", Kind.SPORT, partner=partner)
    make_offer("Équitation", Kind.SPORT, partner=partner)
    make_offer("Danse", Kind.CULTURE, partner=partner)
    return partner


def page_of(partner):
    return f"/partenaires/{partner.pk}/"


def test_it_says_where_how_and_what(client, club):
    """family.md 19: no address, no telephone, no route, and no page at all."""
    page = client.get(page_of(club)).text

    for said in (
        "2 rue de l’Abbaye",
        "92160 Antony",
        'href="tel:0199001001"',
        'href="https://judo.example/"',
    ):
        assert said in page
    where = "2%20rue%20de%20l%E2%80%99Abbaye%2C%2092160%20Antony"
    assert f'href="https://www.openstreetmap.org/directions?to={where}"' in page
    sport, culture = page.index("porte-monnaie Sport"), page.index("porte-monnaie Culture")
    assert sport < page.index("</svg>Équitation") < page.index("</svg>Judo") < culture


def test_who_receives_its_address_reads_what_it_is(client, club):
    """family.md, polish: a link sent by message was bare."""
    page = client.get(page_of(club)).text
    [description] = re.findall(r'<meta name="description" content="([^"]*)">', page)

    assert description.startswith("JUDO CLUB D ANTONY, Antony. Sport\N{NO-BREAK SPACE}: Équitation, Judo")
    assert '<meta property="og:title" content="JUDO CLUB D ANTONY, Antony">' in page


def test_a_family_creates_a_ticket_there_for_the_child_it_names(client, club):
    """family.md 19."""
    parent = make_user()
    children = [make_beneficiary(parent, first_name=name) for name in ("Ana", "Bilal")]
    assert "creer-un-ticket" in client.get(page_of(club)).text

    client.force_login(parent)
    page = client.get(page_of(club)).text
    for child in children:
        assert f"/partenaires/{club.pk}/creer-un-ticket/?pour={child.public_id}" in page
        assert f"Créer un ticket ici pour {child.first_name}" in page


def test_the_list_and_a_ticket_lead_there(client, club):
    """family.md 19."""
    parent = make_user()
    child = make_beneficiary(parent)
    offer = club.offers.get(activity__name="Danse")
    ticket = make_ticket(wallet=make_wallet(beneficiary=child), offer=offer)
    client.force_login(parent)
    link = f'href="{page_of(club)}'

    assert f'{link}?pour={child.public_id}"' in client.get("/partenaires/").text
    assert link in client.get(f"/beneficiaires/{child.public_id}/loisirs/transactions/{ticket.number}/").text


def test_one_that_has_left_says_so(client, club):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Partner.objects.filter(pk=club.pk).update(affiliated_until=yesterday)
    page = client.get(page_of(club)).text

    assert "n’est plus affilié depuis le" in page
    assert "creer-un-ticket" not in page


def test_one_that_is_still_to_come_is_nobodys_business(client, club):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    Partner.objects.filter(pk=club.pk).update(affiliated_from=tomorrow)

    assert client.get(page_of(club)).status_code == 404
    assert client.get("/partenaires/0/").status_code == 404


def test_a_site_that_is_no_address_is_no_link(client):
    partner = make_partner("X", website="javascript:alert(1)")

    assert "javascript:" not in client.get(page_of(partner)).text


@pytest.mark.parametrize("criteria", ["accessible=on", "porte_monnaie=culture&nom=judo"])
def test_criteria_that_hide_everything_may_be_left_out(client, criteria):
    """family.md 8."""
    make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO"))
    page = client.get(f"/partenaires/?{criteria}&commune=92002")

    assert page.context["total"] == 0
    assert page.context["without_criteria"] == 1
    without = "?nom=judo&amp;commune=92002" if "nom" in criteria else "?commune=92002"
    assert f'href="{without}"' in page.text
