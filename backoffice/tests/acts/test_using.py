"""A ticket is marked as used, and its use undone."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from core.money import NBSP
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import State
from tickets.tests.factories import make_ticket
from tickets.tests.states import end_validation, put_into
from wallets.models import Campaign, Kind
from wallets.tests.factories import days, make_wallet

from .journal import WHY, journal

pytestmark = pytest.mark.django_db


def test_a_paper_ticket_is_used_where_there_is_an_offer(act, agent):
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE))
    offer = make_offer(kind=Kind.CULTURE)

    act(ticket, "utiliser", offer=offer.pk)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.offer, ticket.used_by) == (State.USED, offer, agent)
    assert AuditEntry.objects.get().details == str(offer)


def test_an_assigned_ticket_needs_no_organisme(act, agent):
    offer = make_offer(kind=Kind.CULTURE)
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE), offer=offer)

    act(ticket, "utiliser")

    ticket.refresh_from_db()
    assert ticket.state == State.USED


def test_late(act, agent):
    """The organisme did not note it in time."""
    ticket, offer = make_ticket(wallet=make_wallet(kind=Kind.CULTURE)), make_offer(kind=Kind.CULTURE)
    put_into(State.EXPIRED, ticket)

    act(ticket, "utiliser-en-retard", offer=offer.pk)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.offer, ticket.used_by) == (State.USED, offer, agent)
    assert journal() == [(Action.TICKET_USED, WHY, agent)]
    told = f"{offer}, en retard{NBSP}: son dernier jour était le {days(-1):%d/%m/%Y}"
    assert AuditEntry.objects.get().details == told


@pytest.mark.parametrize("ago", [1, 60, 61])
def test_late_is_offered_for_sixty_days(client, agent, ago):
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE))
    names = ["last_ticket_on", "last_cancellation_on", "last_validation_on"]
    Campaign.objects.update(**dict.fromkeys(names, days(-ago)))
    address = reverse("admin:tickets_ticket_utiliser-en-retard", args=[ticket.pk])
    page = client.get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).text

    assert (f'href="{address}"' in page) == (ago <= 60)
    assert (f"c’était possible jusqu’au {days(60 - ago):%d/%m/%Y}" in page) == (ago > 60)
    assert reverse("admin:tickets_ticket_utiliser", args=[ticket.pk]) + '"' not in page


def test_who_undoes_a_use_after_the_last_day_is_told_what_becomes_of_it(client, agent):
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE))
    services.use(ticket_id=ticket.pk, actor=agent, offer_id=make_offer(kind=Kind.CULTURE).pk)
    address = reverse("admin:tickets_ticket_annuler-l-utilisation", args=[ticket.pk])
    warned = f"le ticket sera «{NBSP}Expiré{NBSP}»"
    assert warned not in client.get(address).text

    end_validation(ticket)
    assert warned in client.get(address).text


def test_a_use_is_undone(act, agent):
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE))
    services.use(ticket_id=ticket.pk, actor=agent, offer_id=make_offer(kind=Kind.CULTURE).pk)

    act(ticket, "annuler-l-utilisation")

    ticket.refresh_from_db()
    assert (ticket.state, ticket.offer) == (State.UNUSED, None)
    assert journal() == [(Action.USE_UNDONE, WHY, agent)]
