"""The list of the journal."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_beneficiary, make_user
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

from .edits import JOURNAL, edit, page_of

pytestmark = pytest.mark.django_db


def test_a_line_says_whose_ticket_it_was(agent):
    """admin.md 15: ticket acts said only « Ticket n° »."""
    child = make_beneficiary(first_name="Inès", last_name="ROUX", pupil_number="0920000123")
    ticket = make_ticket(wallet=make_wallet("50", beneficiary=child))
    audit.record(action=Action.TICKET_CANCELLED, subject=ticket, reason="Perdu", actor=agent)

    assert AuditEntry.objects.get().concerns == "Inès ROUX, élève 0920000123"


@pytest.mark.usefixtures("agent")
def test_its_list_leads_to_the_page_and_shows_before_and_after(client):
    """admin.md 14, 15: linked to what it is about."""
    camille = make_user("camille", city="Antony")
    edit(client, camille, city="Sceaux")
    page = client.get(JOURNAL).text

    assert f'<a href="{page_of(camille)}">Compte camille</a>' in page
    assert "Ville\N{NO-BREAK SPACE}: Antony → Sceaux" in page


@pytest.mark.usefixtures("agent")
def test_its_list_costs_the_same_for_two_lines_and_for_fifty(client):
    def queries(lines):
        for _ in range(lines):
            audit.record(
                action=Action.ACCOUNT_CLOSED,
                subject=make_user(),
                reason="Départ",
                actor=make_user(is_staff=True),
            )
        with CaptureQueriesContext(connection) as asked:
            client.get(JOURNAL)
        return len(asked)

    queries(0)
    assert queries(2) == queries(48)
