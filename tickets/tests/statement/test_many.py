"""A statement of many tickets: both ways, all ticked, all printed, by campaign."""

import pytest

from tickets.models import Printing, Ticket
from tickets.tests.factories import make_ticket, make_tickets
from tickets.views.statement import PAGE_SIZE
from tickets.views.ticked import MOST_PRINTED
from wallets.models import Campaign, LateCancellation
from wallets.tests.factories import days, make_campaign, make_wallet

from .pages import numbers, onward, page

pytestmark = pytest.mark.django_db


def test_older_and_newer_both_ways(client, wallet):
    """family.md 21: the older page had no way back."""
    newest_first = [
        ticket.number for ticket in reversed(make_tickets(2 * PAGE_SIZE + 10, "1", wallet=wallet))
    ]
    where = page(wallet, "transactions/")
    first = client.get(where)
    assert first.context["newer"] is None
    second = onward(client, first, "older")
    third = onward(client, second, "older")
    assert numbers(first) + numbers(second) + numbers(third) == newest_first
    assert third.context["older"] is None

    back = onward(client, third, "newer")
    assert numbers(back) == numbers(second)
    again = onward(client, back, "newer")
    assert numbers(again) == numbers(first)
    assert again.context["newer"] is None
    assert numbers(onward(client, again, "older")) == numbers(second)


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


@pytest.fixture
def drawn(monkeypatch):
    """The tickets of the PDFs."""
    drawn: list[Ticket] = []

    def render(tickets: list[Ticket]) -> bytes:
        drawn.extend(tickets)
        return b"%PDF"

    monkeypatch.setattr("tickets.pdf.render", render)
    return drawn


def test_ticks_of_several_pages_are_printed_together(client, wallet, drawn):
    """family.md 21: the ticks of a page were lost on the way to the next one."""
    made = make_tickets(PAGE_SIZE + 10, "1", wallet=wallet)
    newest, oldest = made[-1].number, made[0].number
    where = page(wallet, "transactions/")
    older = onward(client, client.get(where, {"ticket": [newest]}), "older")
    assert "1 autre ticket coché ailleurs dans le relevé" in older.text.replace("\xa0", " ")
    assert f'<input type="hidden" name="ticket" value="{newest}">' in older.text

    back = onward(client, client.get(where, {"avant": newest, "ticket": [newest, oldest]}), "newer")
    assert f'value="{newest}" id="imprimer-{newest}" checked' in back.text
    assert f'<input type="hidden" name="ticket" value="{oldest}">' in back.text
    client.get(page(wallet, "transactions/impression/"), {"ticket": [newest, oldest]})
    assert [ticket.number for ticket in drawn] == [newest, oldest]


def test_all_of_a_page_ticked_come_along(client, wallet):
    """family.md 21."""
    make_tickets(PAGE_SIZE + 10, "1", wallet=wallet)
    first = client.get(page(wallet, "transactions/?cocher=tout"))

    assert len(onward(client, first, "older").context["ticked_elsewhere"]) == PAGE_SIZE


def test_untick_all(client, wallet):
    """family.md 21: here, and here and elsewhere."""
    made = [ticket.number for ticket in make_tickets(PAGE_SIZE + 1, "1", wallet=wallet)]
    where = page(wallet, "transactions/")
    both = client.get(where, {"ticket": [made[0], made[-1]], "cocher": "tout"})

    assert client.get(where + both.context["tick_url"]).context["ticked"] == [str(made[0])]
    assert client.get(where + both.context["untick_url"]).context["ticked"] == []


def test_ticks_are_kept_when_there_are_too_many(client, wallet):
    """family.md 21: as many as one document holds, in the address and in the page."""
    numbers = range(1, MOST_PRINTED + 50)
    answer = client.get(page(wallet, "transactions/impression/"), {"ticket": numbers})

    assert answer.url.count("ticket=") == MOST_PRINTED + 1
    assert len(client.get(answer.url).context["ticked"]) == MOST_PRINTED + 1


def test_what_is_no_number_is_no_tick(client, wallet):
    make_ticket(wallet=wallet)

    assert client.get(page(wallet, "transactions/"), {"ticket": ["<b>", "9" * 60]}).context["ticked"] == []


def test_all_are_printed_whatever_page_they_are_on(client, wallet, drawn):
    """family.md 21: the others were another page, and another print."""
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
