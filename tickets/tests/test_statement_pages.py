"""Relevé, ticket, printing, cancelling, wallets."""

import io

import pytest
from pypdf import PdfReader

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer, make_partner
from tickets import services
from tickets.models import Printing, State, Ticket
from tickets.tests.factories import make_ticket, make_tickets
from wallets.models import Campaign, Kind, LateCancellation
from wallets.tests.factories import days, make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def wallet(parent):
    return make_wallet("1000", beneficiary=make_beneficiary(parent))


def page(wallet, path=""):
    return f"/beneficiaires/{wallet.beneficiary.public_id}/loisirs/{path}"


def numbers(response):
    return [ticket.number for ticket in response.context["tickets"]]


def state(ticket):
    return Ticket.objects.get(pk=ticket.pk).state


class TestStatement:
    def test_it_says_what_the_guide_shows(self, client, wallet):
        offer = make_offer(partner=make_partner("MAITRISE STE MARIE D ANTONY"))
        ticket = make_ticket("50", wallet=wallet, offer=offer)
        text = client.get(page(wallet, "transactions/")).text

        for word in (
            f"{ticket.created_at.astimezone():%d/%m/%Y}",
            str(ticket.number),
            "MAITRISE STE MARIE D ANTONY",
            "Activités culturelles",
            "50,00\N{NO-BREAK SPACE}€",
            "Non utilisé",
        ):
            assert word in text

    def test_cancelled_tickets_are_shown_only_when_asked_for(self, client, wallet):
        cancelled, kept = make_tickets(2, wallet=wallet)
        services.cancel(ticket_id=cancelled.pk, actor=make_user())

        assert numbers(client.get(page(wallet, "transactions/"))) == [kept.number]
        assert numbers(client.get(page(wallet, "transactions/?annules=1"))) == [kept.number, cancelled.number]

    def test_older_tickets_are_one_link_away(self, client, wallet):
        tickets = make_tickets(60, "1", wallet=wallet)
        newest_first = [ticket.number for ticket in reversed(tickets)]
        first = client.get(page(wallet, "transactions/?annules=1"))
        second = client.get(page(wallet, "transactions/") + first.context["older_url"])

        assert numbers(first) + numbers(second) == newest_first
        assert second.context["show_cancelled"]
        assert second.context["older_url"] == ""

    @pytest.mark.parametrize("before", ["x", "", "-1", "9" * 60, "²"])
    def test_a_strange_page(self, client, wallet, before):
        make_ticket(wallet=wallet)

        assert client.get(page(wallet, "transactions/"), {"avant": before}).status_code == 200

    @pytest.mark.parametrize("path", ["transactions/", "porte-monnaie/", "../"])
    def test_as_many_queries_for_two_tickets_as_for_fifty(
        self, client, wallet, path, django_assert_max_num_queries
    ):
        offer, address, counts = make_offer(), page(wallet, path), []
        # The first visit of a session is noted in it.
        client.get(address)
        for quantity in (2, 48):
            make_tickets(quantity, "1", wallet=wallet, offer=offer)
            with django_assert_max_num_queries(20) as queries:
                client.get(address, follow=True)
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestPrinting:
    def pdf(self, client, wallet, *tickets):
        response = client.get(
            page(wallet, "transactions/impression/"), {"ticket": [t.number for t in tickets]}
        )
        assert response.headers["Content-Type"] == "application/pdf"
        return PdfReader(io.BytesIO(response.content))

    def test_three_tickets_to_a_page(self, client, wallet):
        tickets = make_tickets(6, wallet=wallet)

        assert [len(self.pdf(client, wallet, *tickets[:n]).pages) for n in (1, 3, 4, 6)] == [1, 1, 2, 2]

    def test_who_printed_is_recorded(self, client, wallet, parent):
        tickets = make_tickets(2, wallet=wallet)
        self.pdf(client, wallet, *tickets)

        assert set(Printing.objects.values_list("ticket", "actor")) == {(t.pk, parent.pk) for t in tickets}

    def test_asking_whether_it_is_there_prints_nothing(self, client, wallet):
        ticket = make_ticket(wallet=wallet)

        assert (
            client.head(page(wallet, f"transactions/impression/?ticket={ticket.number}")).status_code == 405
        )
        assert not Printing.objects.exists()

    def test_nothing_ticked(self, client, wallet):
        response = client.get(page(wallet, "transactions/impression/?ticket="), follow=True)

        assert "Cochez" in response.text

    @pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 60, "x", "1 OR 1=1"])
    def test_a_number_that_is_no_ticket_of_this_child(self, client, wallet, number):
        ticket = make_ticket(wallet=wallet)
        response = client.get(
            page(wallet, "transactions/impression/"), {"ticket": [ticket.number, number]}, follow=True
        )

        assert response.status_code == 404
        assert not Printing.objects.exists()

    def test_a_cancelled_ticket_is_not_printed(self, client, wallet):
        ticket = make_ticket(wallet=wallet)
        services.cancel(ticket_id=ticket.pk, actor=make_user())
        response = client.get(page(wallet, f"transactions/impression/?ticket={ticket.number}"), follow=True)

        assert "Seul un ticket" in response.text


class TestCancelling:
    def test_it_is_confirmed_first_and_says_what_comes_back(self, client, wallet):
        ticket = make_ticket("50", wallet=wallet)
        where = page(wallet, f"transactions/{ticket.number}/annuler/")
        asked = client.get(where)
        assert state(ticket) == State.UNUSED
        assert "50,00\N{NO-BREAK SPACE}€" in asked.text

        response = client.post(where, follow=True)
        assert state(ticket) == State.CANCELLED
        assert "est annulé" in response.text

    def test_twice_gives_back_once_and_says_so(self, client, wallet):
        ticket = make_ticket("50", wallet=wallet)
        where = page(wallet, f"transactions/{ticket.number}/annuler/")
        client.post(where)
        response = client.post(where, follow=True)
        wallet.refresh_from_db()

        assert "ne peut plus être annulé" in response.text
        assert "ne peut plus être annulé" in client.get(where, follow=True).text
        assert wallet.balance == 1000

    def test_a_used_ticket(self, client, wallet):
        ticket = make_ticket("50", wallet=wallet, offer=make_offer())
        services.use(ticket_id=ticket.pk, actor=make_user())
        client.post(page(wallet, f"transactions/{ticket.number}/annuler/"))

        assert state(ticket) == State.USED

    def test_an_unknown_ticket(self, client, wallet):
        for number in (0, 10**17, 10**60):
            assert client.get(page(wallet, f"transactions/{number}/annuler/")).status_code == 404

    def test_a_loss_that_the_page_did_not_announce_does_not_happen(self, client, wallet):
        """The page was shown before midnight, and promised the credit back."""
        ticket = make_ticket("50", wallet=wallet)
        where = page(wallet, f"transactions/{ticket.number}/annuler/")
        assert "accept_loss" not in client.get(where).text
        Campaign.objects.update(
            last_ticket_on=days(-1),
            last_cancellation_on=days(-1),
            late_cancellation=LateCancellation.FORFEITS,
        )
        response = client.post(where, follow=True)
        assert "ne rend plus son crédit" in response.text
        assert state(ticket) == State.UNUSED

        assert "accept_loss" in client.get(where).text
        assert "Son crédit est perdu." in client.post(where, {"accept_loss": "1"}, follow=True).text
        assert state(ticket) == State.CANCELLED
        assert client.get(page(wallet, "porte-monnaie/")).context["wallets"][0].lost == 50

    def test_a_loss_that_was_announced_and_does_not_happen_is_not_told(self, client, wallet):
        """The page was shown too late; then an agent moved the last day."""
        ticket = make_ticket("50", wallet=wallet)
        where = page(wallet, f"transactions/{ticket.number}/annuler/")

        assert "est annulé." in (said := client.post(where, {"accept_loss": "1"}, follow=True).text)
        assert "Son crédit est perdu" not in said


def test_the_ticket_on_screen_says_what_paper_says(client, wallet):
    ticket = make_ticket("50", wallet=wallet, offer=make_offer("Chant choral"))
    text = client.get(page(wallet, f"transactions/{ticket.number}/")).text

    for word in (
        str(ticket.number),
        ticket.shown_code,
        "50,00\N{NO-BREAK SPACE}€",
        "Activités culturelles",
        wallet.beneficiary.full_name,
        str(wallet.beneficiary.birth_year),
        "Chant choral",
        ticket.offer.partner.name,
        "Ticket strictement personnel",
        'class="qr"',
    ):
        assert word in text


def test_the_wallets_say_where_the_money_is(client, wallet):
    unused, used, cancelled = make_tickets(3, "10", wallet=wallet, offer=make_offer())
    services.use(ticket_id=used.pk, actor=make_user())
    services.cancel(ticket_id=cancelled.pk, actor=make_user())
    make_wallet("20", kind=Kind.SPORT, beneficiary=wallet.beneficiary, campaign=wallet.campaign)
    sport, culture = client.get(page(wallet, "porte-monnaie/")).context["wallets"]

    assert [sport.wallet.kind, culture.wallet.kind] == [Kind.SPORT, Kind.CULTURE]
    assert (culture.granted, culture.wallet.balance) == (1000, 980)
    assert (culture.on_unused, culture.on_used) == (10, 10)
    assert (sport.granted, sport.on_unused, sport.on_used) == (20, 0, 0)
    assert [entry.amount for entry in culture.entries] == [10, -10, -10, -10, 1000]
    assert unused.state == State.UNUSED
