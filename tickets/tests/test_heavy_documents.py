"""No family stops the site by what it prints or downloads: security.md F2 and F25."""

import io
import json
import threading
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import make_beneficiary, make_user
from core import pdf as pen
from privacy import my_data
from tickets import services
from tickets.models import Printing, Ticket
from tickets.tests.factories import make_ticket, make_tickets
from tickets.throttle_policies import PDF
from tickets.views.tickets import MOST_PRINTED
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    parent = make_user("parent")
    client.force_login(parent)
    return parent


@pytest.fixture
def child(parent):
    return make_beneficiary(parent)


@pytest.fixture
def drawn(monkeypatch):
    """The documents that were drawn, in words: none of them takes time."""
    documents = []

    def draw(self, **_):
        documents.append("".join(self.etree_element.itertext()))
        return b"%PDF"

    monkeypatch.setattr(pen._Paper, "write_pdf", draw)
    return documents


@pytest.fixture
def busy_pen(monkeypatch):
    """Somebody else's document is being drawn, for as long as the test takes."""
    monkeypatch.setattr(pen, "PATIENCE", 0.01)
    with pen._line, pen._pen:
        yield


def printing(child, *tickets):
    return reverse("tickets:print", args=[child.public_id]), {"ticket": [ticket.pk for ticket in tickets]}


class TestMyData:
    def test_it_does_not_grow_with_what_was_printed(
        self, child, parent, drawn, django_assert_max_num_queries
    ):
        """security.md F2: 70 tickets, each printed 22 times, took 26 s of processor."""
        tickets = make_tickets(70, amount="1", wallet=make_wallet("80", beneficiary=child))
        with django_assert_max_num_queries(16) as before:
            my_data.make(user_id=parent.pk)
        Printing.objects.bulk_create(
            Printing(ticket=ticket, actor=parent) for ticket in tickets for _ in range(22)
        )
        with django_assert_max_num_queries(len(before)):
            archive = my_data.make(user_id=parent.pk)

        seldom, often = (len(words.split()) for words in drawn)
        # Of each ticket: a number instead of another, a date instead of a dash.
        assert often - seldom <= 8 * len(tickets)
        told = json.loads(zipfile.ZipFile(io.BytesIO(archive)).read("mes-donnees.json"))
        [wallet] = told["Bénéficiaires"][0]["Porte-monnaie"]
        assert {ticket["Impressions"] for ticket in wallet["Tickets"]} == {22}

    def test_it_is_made_three_times_an_hour(self, client, child, drawn):
        """security.md F2: and whoever asks again is told when."""
        answers = [client.get(reverse("privacy:my_data")) for _ in range(4)]

        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[-1].headers["Retry-After"] == "1200"
        assert "Trop de téléchargements de vos données de suite" in answers[-1].text
        assert "Attendez 20\N{NO-BREAK SPACE}minutes" in answers[-1].text
        assert len(drawn) == 3

    def test_another_account_has_its_own(self, client, child, drawn):
        for _ in range(4):
            client.get(reverse("privacy:my_data"))
        client.force_login(make_user("autre"))

        assert client.get(reverse("privacy:my_data")).status_code == 200


class TestPrinting:
    def test_it_is_noted_once_a_minute(self, client, child, drawn, monkeypatch):
        """security.md F2: a telephone fetches a PDF a second time, a loop a thousand times."""
        ticket = make_ticket(wallet=make_wallet("60", beneficiary=child))
        for _ in range(3):
            client.get(*printing(child, ticket))
        assert ticket.printings.count() == 1

        monkeypatch.setattr(services, "PRINTED_ONCE_IN", services.PRINTED_ONCE_IN * 0)
        client.get(*printing(child, ticket))
        assert ticket.printings.count() == 2

    def test_another_account_that_prints_is_noted(self, child, drawn):
        ticket = make_ticket(wallet=make_wallet("60", beneficiary=child))
        for actor in (make_user(), make_user()):
            services.record_printing(ticket_ids={ticket.pk}, actor=actor)

        assert ticket.printings.count() == 2

    def test_twenty_documents_then_one_a_minute(self, client, child, drawn, settings):
        """security.md F2."""
        ticket = make_ticket(wallet=make_wallet("60", beneficiary=child))
        free = PDF.account.free
        answers = [client.get(*printing(child, ticket)) for _ in range(free + 1)]

        assert [answer.status_code for answer in answers] == [200] * free + [429]
        assert free == settings.PDFS_AT_ONCE == 20
        assert answers[-1].headers["Retry-After"] == "60"
        assert "Trop d’impressions de suite" in answers[-1].text

    def test_more_tickets_than_a_year_has_are_not_drawn_at_once(self, client, child, drawn):
        """security.md F25: over 340 of them, a bare English 414."""
        numbers = {"ticket": range(1, MOST_PRINTED + 2)}
        answer = client.get(reverse("tickets:print", args=[child.public_id]), numbers, follow=True)

        assert f"Imprimez {MOST_PRINTED} tickets à la fois" in answer.text
        assert drawn == []

    def test_a_year_of_tickets_is_drawn_at_once(self, client, child, drawn):
        tickets = make_tickets(80, amount="1", wallet=make_wallet("80", beneficiary=child))

        assert client.get(*printing(child, *tickets)).status_code == 200
        assert Ticket.objects.filter(printings=None).count() == 0

    def test_what_the_page_of_an_order_prints_is_printed(self, client, child, drawn):
        """security.md F25: its button asks for no more than one document holds."""
        tickets = make_tickets(MOST_PRINTED + 5, amount="1", wallet=make_wallet("200", beneficiary=child))
        page = client.get(reverse("tickets:success", args=[child.public_id, tickets[0].order.key]))

        assert page.text.count("?ticket=") + page.text.count("&amp;ticket=") == MOST_PRINTED
        assert "Imprimer les autres" in page.text


class TestThePen:
    def test_who_waited_long_enough_is_told_to_come_back(self, client, child, drawn, busy_pen):
        """security.md F2: a thread never waits for the pen without limit."""
        ticket = make_ticket(wallet=make_wallet("60", beneficiary=child))
        answer = client.get(*printing(child, ticket))

        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert "Recommencez dans 5 secondes" in answer.text
        assert drawn == []
        assert not ticket.printings.exists()

    def test_my_data_waits_no_longer(self, client, child, drawn, busy_pen):
        """security.md F2."""
        assert client.get(reverse("privacy:my_data")).status_code == 503

    def test_other_visitors_are_served_meanwhile(self, client, child, drawn, busy_pen):
        """security.md F2."""
        assert client.get(reverse("tickets:home", args=[child.public_id])).status_code == 200
        assert Client().get("/accueil/").status_code == 200

    def test_one_draws_one_waits_and_the_seventeenth_goes_at_once(self, monkeypatch):
        """security.md F2: sixteen of one family, and no thread was left for anybody."""
        monkeypatch.setattr(pen, "PATIENCE", 60)
        drawing, drawn = threading.Event(), threading.Event()

        def hold():
            with pen._one_at_a_time():
                drawing.set()
                drawn.wait(60)

        first = threading.Thread(target=hold)
        first.start()
        drawing.wait(60)
        second = threading.Thread(target=hold)
        second.start()
        while pen._line._value:  # Until it is the one that waits.
            pass
        for _ in range(15):
            with pytest.raises(pen.PenTaken), pen._one_at_a_time():
                pass
        drawn.set()
        first.join()
        second.join()

        with pen._one_at_a_time():
            pass
