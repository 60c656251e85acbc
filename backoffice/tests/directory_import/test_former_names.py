"""An organisme that changed its name is known by the one before: a file may not know it yet."""

import pytest
from django.urls import reverse

from partners.models import Partner
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind
from wallets.tests.factories import days

from .directories import HEADINGS, bring, outcome, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def club():
    offer = make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO CLUB"))
    return offer.partner


@pytest.fixture
def rename(client, agent):
    def send(partner, name):
        said = {
            "name": name,
            "commune": partner.commune_id,
            "affiliated_from": "01/09/2020",
            "siret": partner.siret,
            "offers-TOTAL_FORMS": "0",
            "offers-INITIAL_FORMS": "0",
        }
        return client.post(reverse("admin:partners_partner_change", args=[partner.pk]), said)

    return send


def test_renamed_by_an_agent(rename, club):
    """admin.md 26: a club that changes name came in as a second one at the next import."""
    rename(club, "ANTONY JUDO")

    assert outcome(f"{HEADINGS}\nJUDO CLUB;Antony;Judo;") == [0, 0, 1, 0]
    [(_, note)] = plan(f"{HEADINGS}\nJUDO CLUB;Antony;Judo;").notes
    assert "ANTONY JUDO" in note
    club.refresh_from_db()
    assert club.name == "ANTONY JUDO"


def test_renamed_by_a_file_that_has_its_number():
    with_number = "Nom;Commune;SIRET;Activités Sport;Activités Culture"
    bring(f"{with_number}\nJUDO CLUB;Antony;73282932000074;Judo;")
    bring(f"{with_number}\nANTONY JUDO;Antony;73282932000074;Judo;")

    assert outcome(f"{HEADINGS}\nJUDO CLUB;Antony;Judo;") == [0, 0, 1, 0]
    assert Partner.objects.get().name == "ANTONY JUDO"


def test_whoever_is_called_so_today_is_meant(rename, club):
    rename(club, "ANTONY JUDO")
    bring(f"{HEADINGS}\nANTONY JUDO;Sceaux;Judo;")
    other = make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO CLUB")).partner

    bring(f"{HEADINGS}\nJUDO CLUB;Antony;Judo | Lutte;")

    assert other.offers.filter(activity__name="Lutte").exists()
    assert not club.offers.filter(activity__name="Lutte").exists()


def test_an_activity_that_ended_stays_so(club):
    club.offers.update(ends_on=days(-1))

    made = plan(f"{HEADINGS}\nJUDO CLUB;Antony;Judo;")

    assert made.unchanged == 1
    assert "Judo a pris fin le" in made.notes[0][1]
