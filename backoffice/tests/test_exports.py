"""What is exported is what the list shows, and no cell of it calculates."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.exports import lists
from backoffice.roles import ROLES
from core import prepared
from core.models import Piece, PreparedFile
from partners.tests.factories import make_offer, make_partner
from tickets.models import Ticket
from tickets.tests.factories import make_ticket, make_tickets
from wallets.models import Kind
from wallets.tests.factories import make_wallet

from . import exporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agent(enter):
    agent = make_user(is_staff=True)
    agent.groups.add(Group.objects.get(name="gestionnaire"))
    enter(agent)
    return agent


@pytest.fixture
def export(client):
    """The rows of the file, each a mapping of its headings."""

    def read(model, kind="csv", **asked):
        content = exporting.export(client, model, kind, **asked)
        if kind == "csv":
            assert content.startswith(b"\xef\xbb\xbf")
            return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        headings, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.values
        return [dict(zip(headings, row, strict=True)) for row in rows]

    return read


def test_tickets(export):
    offer = make_offer("Chant", partner=make_partner("CHŒUR D’ANTONY"), kind=Kind.CULTURE)
    ticket = make_ticket("12.50", wallet=make_wallet(kind=Kind.CULTURE), offer=offer)

    [row] = export("tickets_ticket")

    assert (row["Numéro"], row["Montant"], row["État"]) == (str(ticket.number), "12,50", "Non utilisé")
    assert (row["Organisme"], row["Activité"]) == ("CHŒUR D’ANTONY", "Chant")
    assert row["Crédit perdu"] == "non"
    assert ticket.code not in str(row)


def test_an_amount_is_a_number_and_a_date_is_a_date_in_xlsx(export):
    make_ticket("12.50")

    [row] = export("tickets_ticket", "xlsx")

    assert Decimal(str(row["Montant"])) == Decimal("12.5")
    assert row["Créé le"].year == Ticket.objects.get().created_at.year


def test_only_what_the_list_shows(export):
    durand = make_beneficiary(last_name="DURAND")
    kept, _ = make_ticket(wallet=make_wallet(beneficiary=durand)), make_ticket()

    assert [row["Numéro"] for row in export("tickets_ticket", q="durand")] == [str(kept.number)]
    assert len(export("tickets_ticket", etat="unused")) == 2
    assert export("tickets_ticket", etat="used") == []


def test_movements_are_signed(export):
    make_ticket("10", wallet=make_wallet("60"))

    assert [row["Montant"] for row in export("wallets_entry")] == ["-10,00", "60,00"]


def test_organismes_with_their_activities(export):
    partner = make_partner("STUDIO")
    make_offer("Danse", partner=partner, kind=Kind.SPORT)
    make_offer("Théâtre", partner=partner, kind=Kind.CULTURE)

    [row] = export("partners_partner")

    assert (row["Nom"], row["Activités Sport"], row["Activités Culture"]) == ("STUDIO", "Danse", "Théâtre")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(export, kind, name):
    make_partner(name)

    assert export("partners_partner", kind)[0]["Nom"] == f"'{name}"


def test_a_character_that_no_cell_can_hold_is_left_out(export):
    make_partner("JUDO\x0b CLUB")

    assert export("partners_partner", "xlsx")[0]["Nom"] == "JUDO CLUB"


def test_a_child_too(export):
    make_ticket(wallet=make_wallet(beneficiary=make_beneficiary(first_name="=cmd|' /C calc'!A0")))

    assert export("tickets_ticket")[0]["Bénéficiaire"].startswith("'=cmd")


def test_as_many_queries_for_ten_as_for_one(export):
    def queries(count):
        for _ in range(count):
            make_ticket(offer=make_offer(kind=Kind.CULTURE))
        with CaptureQueriesContext(connection) as asked:
            export("tickets_ticket")
        return len(asked)

    queries(1)
    assert queries(1) == queries(8)


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
    assert (line.action, line.actor, line.details) == (Action.EXPORTED, agent, "1 lignes")
    assert line.subject.startswith("tickets (tickets-")
    assert line.reason == "Export\N{NO-BREAK SPACE}: etat = unused"


def test_nobody_else_takes_it(client, enter):
    """Not even a superuser."""
    make_ticket()
    page = exporting.ask(client, "tickets_ticket")["Location"]
    call_command("run_tasks")
    take = f"{page.removesuffix('change/')}telecharger/"
    assert client.get(take).status_code == 200

    enter(make_user(is_staff=True, is_superuser=True))
    assert [client.get(address).status_code for address in (page, take)] == [404, 404]
    assert (
        PreparedFile.objects.get().name not in client.get(reverse("admin:core_preparedfile_changelist")).text
    )


def test_whoever_may_no_longer_export_gets_nothing(client, agent):
    make_ticket()
    page = exporting.ask(client, "tickets_ticket")["Location"]
    agent.groups.clear()
    call_command("run_tasks")

    assert PreparedFile.objects.get().trouble == "Vous n’avez plus le droit d’exporter cette liste."
    assert not AuditEntry.objects.exists()
    assert client.get(page).status_code == 404


def test_a_sheet_has_an_end(export, client, monkeypatch):
    monkeypatch.setattr(lists, "MOST_ROWS", 1)
    make_tickets(2)
    page = exporting.ask(client, "tickets_ticket", "xlsx")["Location"]
    call_command("run_tasks")

    assert "Filtrez-la, ou prenez le CSV" in client.get(page).text
    assert len(export("tickets_ticket", "csv")) == 2


def test_a_long_list_comes_in_its_order_some_rows_at_a_time(export, monkeypatch):
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    make_tickets(5)

    numbers = [int(row["Numéro"]) for row in export("tickets_ticket")]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 5
    file = PreparedFile.objects.get()
    assert (file.rows_done, file.rows) == (5, 5)


def test_too_many_at_once_are_refused(client):
    for kind in ("csv", "xlsx"):
        exporting.ask(client, "tickets_ticket", kind)
    exporting.ask(client, "wallets_entry")
    answer = exporting.ask(client, "partners_partner")

    assert answer["Location"] == reverse("admin:core_preparedfile_changelist")
    assert PreparedFile.objects.count() == prepared.AT_MOST
    assert "Attendez-les" in client.get(answer["Location"]).text


def test_an_adviser_exports_nothing(client, enter):
    adviser = make_user(is_staff=True)
    adviser.groups.add(Group.objects.get(name="téléconseiller"))
    enter(adviser)

    assert exporting.ask(client, "tickets_ticket").status_code == 403
    assert "Exporter" not in client.get(reverse("admin:tickets_ticket_changelist")).text


def test_every_right_of_a_role_exists():
    known = {
        f"{app}.{codename}"
        for app, codename in Permission.objects.values_list("content_type__app_label", "codename")
    }

    assert set().union(*ROLES.values()) <= known
    for name, rights in ROLES.items():
        assert Group.objects.get(name=name).permissions.count() == len(rights)
