"""« What was used in October »: a list between two days, and its sum."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.tests.factories import make_offer
from tickets import services
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Entry
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db
TICKETS, ENTRIES = reverse("admin:tickets_ticket_changelist"), reverse("admin:wallets_entry_changelist")


def at(day, hour=12, minute=0):
    return dt.datetime(2026, 10, day, hour, minute, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def october(agent):
    """A ticket of the 1st, 20 €, used on the 31st; one of the 30th, 7 €."""
    wallet = make_wallet("60")
    first = make_ticket("20", wallet=wallet, offer=make_offer())
    second = make_ticket("7", wallet=wallet)
    services.use(ticket_id=first.pk, actor=agent)
    Ticket.objects.filter(pk=first.pk).update(created_at=at(1, 0, 0), used_at=at(31, 23, 59))
    Ticket.objects.filter(pk=second.pk).update(created_at=at(30))
    return first, second


def found(page):
    return {ticket.pk for ticket in page.context["cl"].queryset}


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("cree_du=01/10/2026&cree_au=1/10/2026", [0]),
        ("cree_du=02/10/2026", [1]),
        ("cree_au=2026-10-29", [0]),
        ("utilise_du=31/10/2026&utilise_au=31/10/2026", [0]),
        ("utilise_au=30/10/2026", []),
        ("cree_du=&cree_au=", [0, 1]),
    ],
)
def test_both_days_are_of_it(client, october, asked, numbers):
    """admin.md 29: no date filter on tickets or entries."""
    assert found(client.get(f"{TICKETS}?{asked}")) == {october[number].pk for number in numbers}


def test_the_sum_of_a_narrowed_list_is_said(client, october):
    said = "en tout <b>20,00\N{NO-BREAK SPACE}€</b>"
    assert said in client.get(f"{TICKETS}?utilise_du=01/10/2026").text
    assert "en tout" not in client.get(TICKETS).text


def test_what_else_narrows_it_is_kept(client, october):
    page = client.get(f"{TICKETS}?etat=used&utilise_du=01/10/2026").text

    assert '<input type="hidden" name="etat" value="used">' in page
    assert found(client.get(f"{TICKETS}?etat=used&cree_du=01/10/2026&cree_au=31/10/2026")) == {october[0].pk}


@pytest.mark.parametrize("typed", ["hier", "31/12/9999", "01/01/0001", "31/02/2026"])
@pytest.mark.parametrize("end", ["du", "au"])
def test_what_is_no_day_leads_back_to_the_list(client, october, end, typed):
    """The day after the last one that there is was a 500."""
    assert client.get(TICKETS, {f"cree_{end}": typed}).status_code == 302


def test_entries_too(client, october):
    today = timezone.localdate()
    page = client.get(f"{ENTRIES}?date_du={today:%d/%m/%Y}&nature__exact=spending")

    assert page.context["cl"].result_count == Entry.objects.filter(nature="spending").count() == 2
    assert "en tout <b>-27,00" in page.text.replace("\N{MINUS SIGN}", "-")


def test_an_organisme_says_what_it_took(client, october, agent):
    """admin.md 29: no total by organisme anywhere."""
    partner = october[0].offer.partner
    page = client.get(reverse("admin:partners_partner_change", args=[partner.pk]))

    assert "utilisés 1 (20,00\N{NO-BREAK SPACE}€), non utilisés 0 (0,00\N{NO-BREAK SPACE}€)" in page.text
    listed = f"{TICKETS}?offer__partner__id__exact={partner.pk}"
    assert found(client.get(listed)) == {october[0].pk}
