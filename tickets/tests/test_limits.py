"""What one account may do to the ledger in an hour: security.md F11. No real family comes near."""

import datetime as dt
import uuid

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_beneficiary, make_user
from tickets import limits, services
from tickets.models import Order, State, Ticket
from tickets.tests.factories import make_ticket
from wallets.campaigns import open_wallets
from wallets.models import Entry, Kind
from wallets.tests.factories import make_campaign, make_wallet

pytestmark = pytest.mark.django_db

FREE = settings.ORDERS_AT_ONCE


@pytest.fixture
def parent(client):
    parent = make_user("parent")
    client.force_login(parent)
    return parent


@pytest.fixture
def wallet(parent):
    return make_wallet("80", beneficiary=make_beneficiary(parent))


@pytest.fixture
def create(client, wallet):
    """Send the form of a paper ticket of one euro."""
    page = reverse("tickets:create_paper", args=[wallet.beneficiary.public_id, wallet.pk])

    def send(key=None):
        return client.post(page, {"key": key or uuid.uuid4(), "amount": "1"}, follow=True)

    return send


@pytest.fixture
def ordered(parent, wallet):
    """As many orders as an hour takes, made by the parent ten minutes ago."""
    for _ in range(FREE):
        make_ticket("1", wallet=wallet, actor=parent)
    Order.objects.update(created_at=timezone.now() - dt.timedelta(minutes=10))


def test_it_is_far_more_than_a_family_orders():
    """security.md F11: twelve children who spend 80 euros each by notes of 20 make 48 orders."""
    assert (60, dt.timedelta(hours=1)) == (FREE, settings.ORDERS_WITHIN)


def test_a_loop_of_orders_is_told_to_wait(create, ordered):
    """security.md F11."""
    response = create()

    assert "Attendez 50\N{NO-BREAK SPACE}minutes, puis recommencez." in response.text
    assert Order.objects.count() == FREE


def test_the_form_of_the_last_order_sent_again_is_no_order_more(create, ordered):
    """Whoever clicks twice reads of the ticket, not of a limit."""
    placed = Order.objects.order_by("-created_at").first()
    response = create(key=placed.key)

    assert response.redirect_chain[-1][0].endswith(f"/{placed.key}/felicitations/")


def test_an_hour_later_there_is_room(create, ordered):
    Order.objects.update(created_at=timezone.now() - settings.ORDERS_WITHIN)
    create()

    assert Order.objects.count() == FREE + 1


def test_the_other_parent_is_not_kept_waiting(client, create, ordered, wallet):
    other = make_user("autre")
    wallet.beneficiary.guardians.add(other)
    client.force_login(other)
    create()

    assert Order.objects.count() == FREE + 1


def test_a_loop_of_cancellations_is_told_to_wait(client, parent, wallet, ordered):
    """security.md F11: create and cancel, 117 times in ten seconds."""
    tickets = list(Ticket.objects.order_by("number"))
    for ticket in tickets:
        services.cancel(ticket_id=ticket.pk, actor=parent)
    another = make_ticket("1", wallet=wallet)
    page = reverse("tickets:cancel", args=[wallet.beneficiary.public_id, another.pk])
    response = client.post(page, follow=True)

    assert "Attendez 60\N{NO-BREAK SPACE}minutes, puis recommencez." in response.text
    another.refresh_from_db()
    assert another.state == State.UNUSED


def test_an_agent_cancels_as_many_as_there_are(parent, wallet, ordered):
    """An agent's act calls the service: the limit is of families' pages."""
    agent = make_user(is_staff=True)
    for ticket in Ticket.objects.all():
        services.cancel(ticket_id=ticket.pk, actor=agent)
    services.cancel(ticket_id=make_ticket("1", wallet=wallet).pk, actor=agent)

    assert Ticket.objects.filter(cancelled_by=agent).count() == FREE + 1


def test_one_query_more_whatever_was_ordered(parent, wallet, ordered, django_assert_num_queries):
    Order.objects.update(created_at=timezone.now() - settings.ORDERS_WITHIN)
    limits.check_order(parent, uuid.uuid4())
    with django_assert_num_queries(1):
        limits.check_order(parent, uuid.uuid4())


def test_a_formula_is_not_changed_for_ever(client, parent):
    """security.md F11: each change writes into the ledger."""
    child, campaign = make_beneficiary(parent), make_campaign()
    open_wallets(beneficiary_ids=[child.pk], campaign_id=campaign.pk, preferred=Kind.SPORT, actor=parent)
    page = reverse("tickets:formula", args=[child.public_id, campaign.pk])
    answers = [
        client.post(page, {"preferred": preferred})
        for preferred in [Kind.CULTURE, Kind.SPORT] * 5 + [Kind.CULTURE]
    ]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "Attendez 60\N{NO-BREAK SPACE}minutes" in answers[-1].text
    written = Entry.objects.count()
    client.post(page, {"preferred": Kind.CULTURE})
    assert Entry.objects.count() == written
