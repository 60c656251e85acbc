"""A statement of many tickets: both ways, all ticked, all printed, by campaign."""

import pytest

from tickets.models import Printing, Ticket
from tickets.tests.factories import make_ticket, make_tickets
from tickets.views.statement import PAGE_SIZE
from wallets.models import Campaign, LateCancellation
from wallets.tests.factories import days, make_campaign, make_wallet

from .pages import numbers, page

pytestmark = pytest.mark.django_db


def test_older_and_newer_both_ways(client, wallet):
    """family.md 21: the older page had no way back."""
    newest_first = [
        ticket.number for ticket in reversed(make_tickets(2 * PAGE_SIZE + 10, "1", wallet=wallet))
    ]
    where = page(wallet, "transactions/")
    first = client.get(where)
    assert first.context["newer_url"] == ""
    second = client.get(where + first.context["older_url"])
    third = client.get(where + second.context["older_url"])
    assert numbers(first) + numbers(second) + numbers(third) == newest_first
    assert third.context["older_url"] == ""

    back = client.get(where + third.context["newer_url"])
    assert numbers(back) == numbers(second)
    again = client.get(where + back.context["newer_url"])
    assert numbers(again) == numbers(first)
    assert again.context["newer_url"] == ""
    assert numbers(client.get(where + again.context["older_url"])) == numbers(second)


@pytest.mark.parametrize("after", ["x", "", "-1", "9" * 60, "0"])
def test_a_strange_page(client, wallet, after):
    ticket = make_ticket(wallet=wallet)

    assert numbers(client.get(page(wallet, "transactions/"), {"apres": after})) == [ticket.number]


def test_all_ticked_by_a_link(client, wallet):
    """family.md 21: sixty tickets, sixty ticks."""
    make_tickets(3, wallet=wallet)
    where = page(wallet, "transactions/")
    first = client.get(where + "?annules=1")
    ticked = client.get(where + first.context["tick_url"])

    boxes = 'name="ticket"'
    assert first.text.count("checked>Imprimer") == 0
    assert ticked.text.count(boxes) == ticked.text.count("checked>Imprimer") == 3
    assert ticked.context["show_cancelled"]
    assert client.get(where + ticked.context["tick_url"]).text.count("checked>Imprimer") == 0


def test_all_are_printed_whatever_page_they_are_on(client, wallet, monkeypatch):
    """family.md 21: the others were another page, and another print."""
    drawn: list[Ticket] = []

    def render(tickets: list[Ticket]) -> bytes:
        drawn.extend(tickets)
        return b"%PDF"

    monkeypatch.setattr("tickets.pdf.render", render)
    make_tickets(PAGE_SIZE + 10, "1", wallet=wallet)
    where = page(wallet, "transactions/impression/?tous=1")
    assert where in client.get(page(wallet, "transactions/")).text

    assert client.get(where).headers["Content-Type"] == "application/pdf"
    assert len(drawn) == Printing.objects.count() == PAGE_SIZE + 10


def test_the_deadline_is_said_once(client, wallet):
    """family.md 21: each row had its own."""
    make_tickets(5, wallet=wallet)
    text = client.get(page(wallet, "transactions/")).text

    assert text.count("Un ticket non utilisé s’annule, et rend son argent, jusqu’au") == 1
    assert f"{wallet.campaign.last_cancellation_on:%d/%m/%Y}" not in text.partition("<table")[2]


@pytest.mark.parametrize(
    ("late", "said"),
    [(LateCancellation.REFUSED, "un ticket ne s’annule plus"), (LateCancellation.FORFEITS, "ne rend plus")],
)
def test_once_it_has_passed_the_page_says_so(client, wallet, late, said):
    """family.md 12: « Annuler » vanished without a reason."""
    make_ticket(wallet=wallet)
    Campaign.objects.update(last_ticket_on=days(-1), last_cancellation_on=days(-1), late_cancellation=late)

    assert said in client.get(page(wallet, "transactions/")).text


def test_a_year_by_its_campaign(client, wallet):
    """family.md C 15: one list of all the years."""
    older = make_wallet(
        "50", beneficiary=wallet.beneficiary, campaign=make_campaign(name="2025-2026", opens_on=days(-300))
    )
    where = page(wallet, "transactions/")
    first, last = make_ticket(wallet=older), make_ticket(wallet=wallet)
    assert numbers(client.get(where)) == [last.number, first.number]
    assert "2025-2026" in client.get(where).text

    assert numbers(client.get(where, {"campagne": older.campaign_id})) == [first.number]
    assert len(numbers(client.get(where, {"campagne": "x"}))) == 2


def test_one_campaign_needs_no_choice(client, wallet):
    make_ticket(wallet=wallet)

    assert 'aria-label="Campagnes"' not in client.get(page(wallet, "transactions/")).text


def test_the_note_to_auditors_is_for_screen_readers(client, wallet):
    """family.md 41."""
    text = client.get(page(wallet, "transactions/")).text

    assert '<span class="visually-hidden with-script" id="id_annules_helptext">' in text
