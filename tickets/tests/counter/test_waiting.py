"""« Tickets », those that wait: used from the list, without their codes."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_beneficiary
from partners.tests.factories import make_offer
from tickets.models import State, Use, Way
from tickets.tests.counter.counters import Counter
from tickets.tests.counter.test_pages import fields_of, text_of
from tickets.tests.factories import make_ticket, make_tickets
from tickets.tests.states import put_into
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(client) -> Counter:
    counter = Counter()
    client.force_login(counter.member)
    return counter


def wallet_of(first_name: str, last_name: str = "Gauthier", balance: str = "600"):
    child = make_beneficiary(first_name=first_name, last_name=last_name)
    return make_wallet(balance, kind=Kind.CULTURE, beneficiary=child)


def address(name: str, counter: Counter) -> str:
    return reverse(f"tickets:{name}", args=[counter.partner.pk])


def numbers_of(page) -> list[int]:
    return [int(it) for it in re.findall(r'name="ticket" value="(\d+)"', page.content.decode())]


def test_only_what_waits_here_is_listed_with_initials(client, counter):
    wallet = wallet_of("Inès")
    here, used, cancelled = make_tickets(3, wallet=wallet, offer=counter.offer)
    put_into(State.CANCELLED, cancelled)
    counter.use(used)
    make_ticket(wallet=wallet)
    make_ticket(wallet=wallet, offer=make_offer("Piano", Kind.CULTURE))
    page = client.get(address("waiting", counter))

    assert numbers_of(page) == [here.pk]
    assert "Inès G." in text_of(page)
    assert "Gauthier" not in text_of(page)


def test_several_are_confirmed_with_their_sum_then_used(client, counter):
    tickets = make_tickets(3, "12.50", wallet=wallet_of("Inès"), offer=counter.offer)
    page = client.get(address("confirm_ticked", counter), {"ticket": [it.pk for it in tickets]})
    assert "Tickets à confirmer" in text_of(page)
    assert "37,50" in text_of(page)
    assert not Use.objects.exists()

    sent = fields_of(page) | {"ticket": numbers_of(page)}
    done = client.post(address("use", counter), sent, follow=True)
    assert [it.way for it in Use.objects.all()] == [Way.LIST] * 3
    assert "3 tickets utilisés, 37,50" in text_of(done)


def test_one_that_was_cancelled_meanwhile_keeps_no_other_one_from_being_used(client, counter):
    good, gone = make_tickets(2, wallet=wallet_of("Inès"), offer=counter.offer)
    page = client.get(address("confirm_ticked", counter), {"ticket": [good.pk, gone.pk]})
    put_into(State.CANCELLED, gone)
    sent = fields_of(page) | {"ticket": numbers_of(page)}
    done = client.post(address("use", counter), sent, follow=True)

    assert [it.ticket_id for it in Use.objects.all()] == [good.pk]
    assert f"Ticket n° {gone.pk} : Ce ticket est annulé" in text_of(done)


def test_another_organismes_or_a_paper_tickets_number_is_not_shown(client, counter):
    paper = make_ticket(wallet=wallet_of("Inès"))
    other = make_ticket(wallet=wallet_of("Lou"), offer=make_offer("Piano", Kind.CULTURE))
    page = client.get(address("confirm_ticked", counter), {"ticket": [paper.pk, other.pk]}, follow=True)

    assert numbers_of(page) == []
    assert "Inès" not in text_of(page)


def test_nothing_ticked(client, counter):
    page = client.get(address("confirm_ticked", counter), follow=True)

    assert "Cochez au moins un ticket." in text_of(page)


def test_a_child_is_found_by_its_names_however_they_are_typed(client, counter):
    ines = make_ticket(wallet=wallet_of("Inès", "Gauthier"), offer=counter.offer)
    make_ticket(wallet=wallet_of("Lou", "Ballet"), offer=counter.offer)
    for wanted in ("gauth", "Inès", "Inès Gauthier", "gauthier ines"):
        assert numbers_of(client.get(address("waiting", counter), {"nom": wanted})) == [ines.pk]
    assert "Aucun ticket à utiliser pour" in text_of(client.get(address("waiting", counter), {"nom": "Zoé"}))


@pytest.mark.parametrize(("number", "is_there"), [(8, False), (9, True)])
def test_a_child_is_looked_for_among_more_than_a_telephone_shows(client, counter, number, is_there):
    make_tickets(number, "1.00", wallet=wallet_of("Inès"), offer=counter.offer)

    assert ("Nom ou prénom" in text_of(client.get(address("waiting", counter)))) == is_there


def test_pages_follow_each_other_with_as_many_queries(client, counter):
    wallet = wallet_of("Inès")
    tickets = [it.pk for _ in range(2) for it in make_tickets(30, "1.00", wallet=wallet, offer=counter.offer)]
    # The first visit of the day is noted.
    client.get(address("waiting", counter))
    with CaptureQueriesContext(connection) as first:
        page = client.get(address("waiting", counter))
    assert numbers_of(page) == sorted(tickets, reverse=True)[:50]

    with CaptureQueriesContext(connection) as second:
        page = client.get(address("waiting", counter), {"avant": sorted(tickets)[10]})
    assert numbers_of(page) == sorted(tickets, reverse=True)[50:]
    assert len(first) == len(second)


def test_those_of_all_its_activities_come_in_their_order(client, counter):
    other = make_offer("Piano", Kind.CULTURE, partner=counter.partner)
    wallet = wallet_of("Inès")
    offers = [counter.offer, other, counter.offer, other]
    tickets = [make_ticket("2.50", wallet=wallet, offer=offer).pk for offer in offers]
    page = client.get(address("waiting", counter))

    assert numbers_of(page) == sorted(tickets, reverse=True)
    assert "4 tickets, 10,00" in text_of(page)


def test_of_a_long_list_the_sum_is_that_of_the_page(client, counter):
    make_tickets(30, "1.00", wallet=wallet_of("Inès"), offer=counter.offer)
    make_tickets(30, "1.00", wallet=wallet_of("Lou"), offer=counter.offer)

    assert "50 tickets sur cette page, 50,00" in text_of(client.get(address("waiting", counter)))


def test_how_many_of_the_ticked_are_gone(client, counter):
    there, *gone = make_tickets(3, wallet=wallet_of("Inès"), offer=counter.offer)
    for how_many, told in ((1, "1 ne vous attend plus"), (2, "2 ne vous attendent plus")):
        put_into(State.CANCELLED, gone[how_many - 1])
        page = client.get(address("confirm_ticked", counter), {"ticket": [it.pk for it in (there, *gone)]})
        assert told in text_of(page)
