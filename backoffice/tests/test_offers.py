"""What an organisme offers, on its page: it ends, it is never turned into something else."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from backoffice.tests.filled import filled
from partners.models import Offer
from partners.tests.factories import make_offer
from tickets.tests.factories import make_ticket
from wallets.models import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return make_offer("Judo", Kind.SPORT)


def form_of(offer, **said):
    partner = offer.partner
    return {
        "name": partner.name,
        "commune": partner.commune_id,
        "affiliated_from": "01/09/2020",
        "offers-TOTAL_FORMS": "1",
        "offers-INITIAL_FORMS": "1",
        "offers-0-id": offer.pk,
        "offers-0-partner": partner.pk,
    } | {f"offers-0-{name}": value for name, value in said.items()}


def page_of(offer):
    return reverse("admin:partners_partner_change", args=[offer.partner_id])


def test_an_agent_gives_it_an_end(client, agent, offer):
    """admin.md 27."""
    assert client.post(page_of(offer), form_of(offer, ends_on="31/12/2026")).status_code == 302

    offer.refresh_from_db()
    assert offer.ends_on == dt.date(2026, 12, 31)


def test_an_end_that_another_agent_gave_meanwhile_stays(client, agent, offer):
    said = filled(client.get(page_of(offer)).text, "partner_form")
    offer.ends_on = dt.date(2026, 12, 31)
    offer.save(update_fields=["ends_on"])

    assert client.post(page_of(offer), said | {"phone": "01 99 00 10 02"}).status_code == 302

    offer.refresh_from_db()
    offer.partner.refresh_from_db()
    assert (offer.ends_on, offer.partner.phone) == (dt.date(2026, 12, 31), "01 99 00 10 02")


def test_it_is_not_turned_into_another_one(client, agent, offer):
    other = make_offer("Danse", Kind.CULTURE)

    client.post(page_of(offer), form_of(offer, activity=other.activity_id, kind="culture"))

    offer.refresh_from_db()
    assert (offer.activity.name, offer.kind) == ("Judo", Kind.SPORT)


@pytest.mark.parametrize("has_tickets", [False, True])
def test_one_that_has_tickets_is_not_removed(client, agent, has_tickets):
    offer = make_offer()
    if has_tickets:
        make_ticket(offer=offer)

    [box] = re.findall('<input[^>]*name="offers-0-DELETE"[^>]*>', client.get(page_of(offer)).text)
    assert ("disabled" in box) is has_tickets
    client.post(page_of(offer), form_of(offer, DELETE="on"))

    assert Offer.objects.filter(pk=offer.pk).exists() is has_tickets
