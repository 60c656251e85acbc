"""A list is asked for as it is filtered; the file waits for who asked."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from backoffice.exports import lists
from backoffice.tests import exporting
from core import prepared
from core.models import Piece, PreparedFile
from tickets.tests.factories import make_ticket, make_tickets

pytestmark = pytest.mark.django_db


def test_a_filter_that_is_none_leads_back_to_the_list(client):
    response = exporting.ask(client, "tickets_ticket", wallet__campaign__id__exact="9" * 20)

    assert response.url == reverse("admin:tickets_ticket_changelist")


def test_by_no_column_that_the_list_does_not_show(client):
    """security.md F1: the secret code of a ticket was read by what an export answers."""
    assert exporting.ask(client, "tickets_ticket", code__regex="^A").status_code == 400
    assert not PreparedFile.objects.exists()


def test_no_other_kind_of_file(client):
    assert exporting.ask(client, "tickets_ticket", "exe").status_code == 404


def test_the_list_offers_it_as_it_is_filtered(client):
    page = client.get(reverse("admin:tickets_ticket_changelist"), {"etat": "used"}).text

    assert f"{reverse('admin:tickets_ticket_export', args=['csv'])}?etat=used" in page


def test_the_page_only_asks_for_it(client):
    """code.md 3.8: two hundred thousand tickets took a gigabyte of a web worker, for 150 s."""
    make_ticket()
    answer = exporting.ask(client, "tickets_ticket", "xlsx")

    page = client.get(answer["Location"])
    assert (answer.status_code, page["Refresh"]) == (302, "2")
    assert "En attente" in page.text
    assert not Piece.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_journal_says_who_exported_what(export, agent):
    """security.md F10: names of children went out, and nobody knew."""
    make_ticket()
    export("tickets_ticket", "xlsx", etat="unused")

    line = AuditEntry.objects.get()
    assert (line.action, line.actor, line.details) == (Action.EXPORTED, agent, "1 ligne")
    assert line.subject.startswith("tickets (tickets-")
    assert line.reason == "Export\N{NO-BREAK SPACE}: etat = unused"


def test_a_sheet_has_an_end(export, client, monkeypatch):
    monkeypatch.setattr(lists, "MOST_ROWS", 1)
    make_tickets(2)
    page = exporting.ask(client, "tickets_ticket", "xlsx")["Location"]
    call_command("run_tasks")

    assert "Filtrez-la, ou prenez le CSV" in client.get(page).text
    assert len(export("tickets_ticket", "csv")) == 2


def test_too_many_at_once_are_refused(client):
    for kind in ("csv", "xlsx"):
        exporting.ask(client, "tickets_ticket", kind)
    exporting.ask(client, "wallets_entry")
    answer = exporting.ask(client, "partners_partner")

    assert answer["Location"] == reverse("admin:core_preparedfile_changelist")
    assert PreparedFile.objects.count() == prepared.AT_MOST
    assert "Attendez-les" in client.get(answer["Location"]).text
