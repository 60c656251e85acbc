"""« Historique », the first page, the export."""

import pytest
from django.contrib.auth.models import Group

from accounts import audit
from accounts.audit import Action
from accounts.tests.factories import make_beneficiary, make_user
from backoffice import roles
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

from .edits import JOURNAL, edit

pytestmark = pytest.mark.django_db


def test_the_history_of_a_child_tells_of_its_tickets_and_guardians_too(client, agent):
    """admin.md 14: « Historique » told another story than the journal."""
    guardian = make_user("parent")
    child = make_beneficiary(guardian)
    ticket = make_ticket(wallet=make_wallet("50", beneficiary=child))
    audit.record(action=Action.TICKET_CANCELLED, subject=ticket, reason="Ticket perdu", actor=agent)
    audit.record(action=Action.ACCESS_RESET, subject=guardian, reason="Clés perdues", actor=agent)
    audit.record(action=Action.ACCESS_RESET, subject=make_user("autre"), reason="Rien à voir", actor=agent)
    page = client.get(f"/admin/accounts/beneficiary/{child.pk}/history/").text

    assert "Ticket perdu" in page
    assert "Clés perdues" in page
    assert "Agnès BERNARD" in page
    assert "Rien à voir" not in page


def test_who_may_not_read_the_journal_sees_there_what_but_not_why(client, enter):
    adviser = make_user("adviser", is_staff=True)
    adviser.groups.add(Group.objects.get(name=next(iter(roles.ROLES))))
    enter(adviser)
    child = make_beneficiary()
    audit.record(action=Action.GUARDIAN_REMOVED, subject=child, reason="Jugement", actor=adviser)
    page = client.get(f"/admin/accounts/beneficiary/{child.pk}/history/").text

    assert "responsable légal retiré" in page
    assert "Jugement" not in page


@pytest.mark.usefixtures("agent")
def test_of_what_is_not_there(client):
    assert client.get("/admin/accounts/beneficiary/999/history/").url == "/admin/"
    assert "n’en dit rien" in client.get(f"/admin/accounts/user/{make_user().pk}/history/").text


@pytest.mark.usefixtures("agent")
def test_the_first_page_reminds_an_agent_of_what_he_did(client):
    """admin.md 14: « Actions récentes » knew edits only."""
    edit(client, make_user("camille"), city="Sceaux")

    assert "Compte camille" in client.get("/admin/").text


@pytest.mark.usefixtures("agent")
def test_it_is_exported(client):
    """admin.md 15: for an inspection."""
    assert client.get(JOURNAL).text.count("Exporter en CSV") == 1
