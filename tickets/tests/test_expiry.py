"""The last day of a ticket, put off or past."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from partners.tests.factories import make_offer
from tickets.models import State, Ticket
from tickets.tests.factories import make_ticket
from tickets.tests.states import MOVES, end_validation, put_into, put_off
from wallets.models import Campaign
from wallets.tests.factories import days

pytestmark = pytest.mark.django_db


def test_expired_shows_as_soon_as_the_day_is_past_and_the_daily_command_writes_it(capsys):
    ticket, still_valid = make_ticket(), make_ticket()
    end_validation(ticket)
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.state, ticket.state_label) == (State.UNUSED, "Expiré")

    for count in (1, 0):
        call_command("expire_tickets")
        assert capsys.readouterr().out == f"Tickets expirés : {count}.\n"
    ticket.refresh_from_db()
    still_valid.refresh_from_db()
    assert (ticket.state, still_valid.state) == (State.EXPIRED, State.UNUSED)


@pytest.mark.parametrize("move", [State.USED, State.CANCELLED])
def test_a_last_day_that_is_put_off_counts_at_once(move):
    """code.md 3.10: before the night takes its mark off."""
    ticket = make_ticket(offer=make_offer())
    put_into(State.EXPIRED, ticket)
    with pytest.raises(MOVES[move], match="Expiré"):
        put_into(move, Ticket.objects.get(pk=ticket.pk))
    Campaign.objects.filter(pk=ticket.wallet.campaign_id).update(
        last_cancellation_on=days(90), last_validation_on=days(90)
    )

    today = timezone.localdate()
    assert Ticket.objects.get(pk=ticket.pk).displayed_state == State.UNUSED
    assert list(Ticket.objects.usable_on(today)) == [ticket]
    assert list(Ticket.objects.shown_as(State.EXPIRED, today)) == []
    put_into(move, ticket)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.expired_at) == (move, None)
    assert not Ticket.objects.at_odds_with_ledger().exists()


@pytest.mark.parametrize("state", State)
def test_what_the_list_of_agents_finds_is_what_each_ticket_shows(state):
    """code.md 3.10: before the night and after it."""
    today = timezone.localdate()
    for start in State:
        ticket = make_ticket(offer=make_offer())
        if start != State.UNUSED:
            put_into(start, ticket)
    end_validation(overdue := make_ticket())
    put_into(State.EXPIRED, revived := make_ticket())
    put_off(revived)
    found = set(Ticket.objects.shown_as(state, today))

    assert found == {
        it for it in Ticket.objects.select_related("wallet__campaign") if it.current_state == state
    }
    assert (overdue in found) == (state == State.EXPIRED)
    assert (revived in found) == (state == State.UNUSED)
