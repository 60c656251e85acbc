"""A ticket is made anew: its paper was lost, or it was cancelled by mistake."""

import uuid
from decimal import Decimal

import pytest
from django.db import connection

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from tickets import remaking, services
from tickets.exceptions import CampaignClosed, CreditWouldBeLost, TicketNotRemade
from tickets.models import Order, State, Ticket
from tickets.tests.factories import make_ticket
from tickets.tests.states import balance
from wallets.exceptions import InsufficientFunds
from wallets.models import Wallet
from wallets.tests.factories import days, make_campaign, make_wallet

pytestmark = pytest.mark.django_db


def remade(ticket, *, offer=None, key=None, actor=None):
    return remaking.remake(
        ticket_id=ticket.pk,
        offer_id=offer.pk if offer else ticket.order.offer_id,
        key=key or uuid.uuid4(),
        actor=actor or make_user(),
    )


def in_order():
    return not Ticket.objects.at_odds_with_ledger().exists() and not Wallet.objects.out_of_balance().exists()


def test_a_lost_ticket_is_cancelled_and_the_same_is_made():
    wallet = make_wallet("60")
    lost = make_ticket("20", wallet=wallet, offer=make_offer())

    anew = remade(lost)

    lost.refresh_from_db()
    assert (lost.state, anew.displayed_state) == (State.CANCELLED, State.UNUSED)
    assert (anew.offer_id, anew.amount, anew.remakes_id) == (lost.offer_id, lost.amount, lost.pk)
    assert anew.code != lost.code
    assert balance(anew) == Decimal(40)
    assert in_order()


def test_one_of_the_wrong_organisme_is_made_for_the_right_one():
    """admin.md 31: an assigned ticket for the wrong club left nothing but to cancel and order again."""
    wallet = make_wallet("60")
    wrong = make_ticket("20", wallet=wallet, offer=make_offer())
    right = make_offer()

    assert remade(wrong, offer=right).offer == right
    assert in_order()


def test_one_cancelled_by_mistake_is_paid_again():
    ticket = make_ticket("20", wallet=make_wallet("60"))
    services.cancel(ticket_id=ticket.pk, actor=make_user())

    anew = remade(ticket)

    assert (anew.offer_id, balance(anew)) == (None, Decimal(40))
    assert in_order()


def test_a_ticket_is_made_anew_once_and_so_is_the_new_one():
    lost = make_ticket("20", wallet=make_wallet("60"))
    anew = remade(lost)

    with pytest.raises(TicketNotRemade, match=f"déjà refait.*{anew.number}"):
        remade(lost)

    assert remade(anew).remakes_id == anew.pk
    assert balance(anew) == Decimal(40)


def test_the_same_form_sent_twice_makes_one():
    lost, key, actor = make_ticket("20", wallet=make_wallet("60")), uuid.uuid4(), make_user()

    assert remade(lost, key=key, actor=actor) == remade(lost, key=key, actor=actor)
    assert balance(lost) == Decimal(40)


@pytest.mark.parametrize("state", [State.USED, State.EXPIRED])
def test_one_that_was_used_or_is_out_of_date_is_not(state):
    wallet = make_wallet("60")
    ticket = make_ticket("20", wallet=wallet, offer=make_offer())
    if state == State.USED:
        services.use(ticket_id=ticket.pk, actor=make_user())
    else:
        campaign = wallet.campaign
        campaign.last_ticket_on = campaign.last_cancellation_on = campaign.last_validation_on = days(-1)
        campaign.save()

    with pytest.raises(TicketNotRemade):
        remade(ticket)
    assert Ticket.objects.count() == 1


def test_too_late_to_give_its_sum_back_nothing_is_cancelled():
    ticket = make_ticket("20", wallet=make_wallet("60"))
    campaign = ticket.wallet.campaign
    campaign.last_cancellation_on = days(-1)
    campaign.last_ticket_on = days(-1)
    campaign.save()

    with pytest.raises(CreditWouldBeLost):
        remade(ticket)

    ticket.refresh_from_db()
    assert ticket.state == State.UNUSED


def test_a_campaign_that_takes_none_refuses_and_nothing_is_cancelled():
    campaign = make_campaign()
    ticket = make_ticket("20", wallet=make_wallet("60", campaign=campaign))
    campaign.last_ticket_on = days(-1)
    campaign.save()

    with pytest.raises(CampaignClosed):
        remade(ticket)

    ticket.refresh_from_db()
    assert (ticket.state, balance(ticket)) == (State.UNUSED, Decimal(40))


def test_a_wallet_that_has_too_little_left_refuses():
    wallet = make_wallet("60")
    ticket = make_ticket("50", wallet=wallet)
    services.cancel(ticket_id=ticket.pk, actor=make_user())
    make_ticket("20", wallet=wallet)

    with pytest.raises(InsufficientFunds):
        remade(ticket)
    assert balance(ticket) == Decimal(40)


@pytest.mark.parametrize(
    ("locked", "refusal"),
    [
        pytest.param(True, "TicketNotRemade", id="the lock makes the second one wait"),
        # The control: what is left is that a ticket is made anew once.
        pytest.param(
            False,
            "IntegrityError" if connection.vendor == "postgresql" else "OperationalError",
            id="without it only the database refuses",
        ),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_two_agents_at_once(at_once, meeting_before, without_lock, locked, refusal):
    ticket = make_ticket("20", wallet=make_wallet("60"))
    services.cancel(ticket_id=ticket.pk, actor=make_user())
    meeting_before(Order, "save", sure=not locked)
    if not locked:
        without_lock()

    def remake():
        return remade(ticket, actor=actor)

    actor = make_user()
    assert at_once(remake, remake) == sorted([refusal, "done"])
    assert balance(ticket) == Decimal(40)
    assert in_order()
