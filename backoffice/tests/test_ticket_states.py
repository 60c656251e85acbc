"""Agents read whether a used ticket is paid; families do not."""

import pytest
from django.urls import reverse

from backoffice.family.address import family_page
from partners.tests.factories import make_offer
from tickets.models import State, Ticket
from tickets.tests.factories import make_ticket
from tickets.tests.states import begin_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def tickets():
    made = {state: make_ticket(offer=make_offer()) for state in (State.USED, State.IN_PAYMENT, State.PAID)}
    for state, ticket in made.items():
        begin_as(state, ticket)
    return made


@pytest.mark.parametrize("state", [State.USED, State.IN_PAYMENT, State.PAID])
def test_an_agent_finds_them_by_it(client, agent, tickets, state):
    page = client.get(reverse("admin:tickets_ticket_changelist"), {"etat": state.value})

    assert list(page.context["cl"].queryset) == [tickets[state]]
    assert f'<td class="field-shown_state">{state.label}</td>' in page.text


def test_the_page_of_the_family_says_it(client, agent, tickets):
    child = tickets[State.PAID].wallet.beneficiary

    assert "<td>Payé le " in client.get(family_page(child.pk)).text


@pytest.mark.usefixtures("tickets")
def test_the_family_itself_reads_used():
    assert {ticket.displayed_state for ticket in Ticket.objects.all()} == {State.USED}
