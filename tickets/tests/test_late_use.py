"""An activity had begun before the last day of its ticket, and was not noted in time."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer, make_partner
from tickets import expiry, services
from tickets.exceptions import LateUseRefused, TicketNotUsable
from tickets.figures import sums
from tickets.models import State, Way
from tickets.tests.factories import make_ticket
from tickets.tests.states import balance, put_into
from wallets.models import Campaign, Kind
from wallets.tests.factories import days, make_campaign, make_wallet

pytestmark = pytest.mark.django_db


def ended(ago: int = 1, *, offer=None, **fields):
    """A ticket whose last day was so many days ago."""
    campaign = make_campaign()
    ticket = make_ticket(wallet=make_wallet(campaign=campaign), offer=offer)
    passed = dict.fromkeys(["last_ticket_on", "last_cancellation_on", "last_validation_on"], days(-ago))
    Campaign.objects.filter(pk=campaign.pk).update(**passed | fields)
    ticket.refresh_from_db()
    return ticket


@pytest.mark.parametrize("marked", [True, False], ids=["marked by the night", "by its date alone"])
def test_it_is_used_today_and_every_sum_agrees(marked):
    ticket, agent = ended(offer=make_offer()), make_user()
    left = balance(ticket)
    if marked:
        expiry.expire(today=timezone.localdate())
    use = services.use_late(ticket_id=ticket.pk, actor=agent)
    ticket.refresh_from_db()

    assert (ticket.state, ticket.used_by, ticket.expired_at) == (State.USED, agent, None)
    assert (use.way, use.used_at, timezone.localdate(use.used_at)) == (Way.AGENT, ticket.used_at, days(0))
    assert balance(ticket) == left
    call_command("check_ledger")
    campaign = ticket.wallet.campaign
    both = sums.both(sums.of(sums.count(campaign)["kinds"], campaign, timezone.localdate()))
    assert (both.used, both.expired, both.gap) == (Decimal(10), Decimal(0), Decimal(0))


def test_until_its_campaign_says():
    services.use_late(ticket_id=ended(60, offer=make_offer()).pk, actor=make_user())
    services.use_late(ticket_id=ended(90, offer=make_offer(), late_use_days=90).pk, actor=make_user())

    for too_late in (ended(61, offer=make_offer()), ended(1, offer=make_offer(), late_use_days=0)):
        with pytest.raises(LateUseRefused, match=f"{too_late.usable_late_until:%d/%m/%Y}"):
            services.use_late(ticket_id=too_late.pk, actor=make_user())
        too_late.refresh_from_db()
        assert too_late.displayed_state == State.EXPIRED


@pytest.mark.parametrize("state", [State.UNUSED, State.USED, State.CANCELLED])
def test_only_what_has_expired(state):
    ticket = make_ticket(offer=make_offer())
    if state != State.UNUSED:
        put_into(state, ticket)
    with pytest.raises(LateUseRefused, match=state.label):
        services.use_late(ticket_id=ticket.pk, actor=make_user())


def test_a_paper_ticket_where_the_organisme_was_affiliated_on_the_last_day():
    left = make_offer(partner=make_partner(affiliated_until=days(-5)))
    services.use_late(ticket_id=ended(10).pk, actor=make_user(), offer_id=left.pk)

    since = make_offer(partner=make_partner(affiliated_from=days(-5)))
    for offer in (since, make_offer(kind=Kind.SPORT)):
        with pytest.raises(TicketNotUsable):
            services.use_late(ticket_id=ended(10).pk, actor=make_user(), offer_id=offer.pk)
    with pytest.raises(TicketNotUsable):
        services.use_late(ticket_id=ended(10).pk, actor=make_user())


def test_an_assigned_ticket_at_no_other_one():
    ticket = ended(offer=make_offer())
    with pytest.raises(TicketNotUsable):
        services.use_late(ticket_id=ticket.pk, actor=make_user(), offer_id=make_offer().pk)


def test_undone_it_has_expired_again():
    ticket = ended()
    services.use_late(ticket_id=ticket.pk, actor=make_user(), offer_id=make_offer().pk)
    services.undo_use(ticket_id=ticket.pk, actor=make_user())
    ticket.refresh_from_db()

    assert (ticket.displayed_state, ticket.offer) == (State.EXPIRED, None)
    expiry.expire(today=timezone.localdate())
    call_command("check_ledger")
