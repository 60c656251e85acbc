"""The organisme of a paper ticket is chosen among those that its wallet pays for."""

from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from partners.tests.factories import make_commune, make_offer, make_partner
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

from .journal import journal

pytestmark = pytest.mark.django_db


def test_the_organisme_is_chosen_by_its_name_its_commune_and_its_activity(
    client, agent, django_assert_max_num_queries
):
    sceaux, antony = make_commune("92071", "Sceaux"), make_commune("92002", "Antony")
    make_offer("Judo", partner=make_partner("JUDO CLUB", commune=sceaux))
    for name in ("ARTS MARTIAUX", "JUDO CLUB", "MJC"):
        make_offer("Judo", partner=make_partner(name, commune=antony), kind=Kind.SPORT)
    asked = {"app_label": "tickets", "model_name": "ticket", "field_name": "offer", "term": "judo antony"}
    with django_assert_max_num_queries(11):
        found = client.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert [offer["text"] for offer in found] == [
        f"{name}, Antony – Judo (Sport)" for name in ("ARTS MARTIAUX", "JUDO CLUB", "MJC")
    ]


def test_the_list_has_only_what_the_wallet_of_the_ticket_pays_for(client, agent):
    """admin.md 31: « Marquer utilisé » offered Culture for a Sport ticket, and refused it afterwards."""
    sport = make_offer("Judo", kind=Kind.SPORT)
    make_offer("Judo", kind=Kind.CULTURE)
    ticket = make_ticket(wallet=make_wallet(kind=Kind.SPORT))
    page = client.get(reverse("admin:tickets_ticket_utiliser", args=[ticket.pk]))
    address = page.context["form"].fields["offer"].widget.get_url()
    assert address in unescape(page.text)
    asked = {"app_label": "tickets", "model_name": "ticket", "field_name": "offer", "term": "judo"}

    found = client.get(f"{address}&{urlencode(asked)}").json()["results"]

    assert [offer["id"] for offer in found] == [str(sport.pk)]


def test_and_nowhere_else(act, agent):
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE))
    response = act(ticket, "utiliser", offer=make_offer(kind=Kind.SPORT).pk)

    assert "n’accepte pas les tickets Culture" in response.text
    assert journal() == []
