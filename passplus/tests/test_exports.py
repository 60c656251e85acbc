"""What is exported is what the list shows, and no cell of it calculates."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer, make_partner
from passplus.roles import ROLES
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

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
        response = client.get(reverse(f"admin:{model}_export", args=[kind]), asked)
        assert response.status_code == 200
        content = b"".join(response.streaming_content)
        assert 'filename="' in response["Content-Disposition"]
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
    response = client.get(
        reverse("admin:tickets_ticket_export", args=["csv"]), {"wallet__campaign__id__exact": "9" * 20}
    )

    assert response.url == reverse("admin:tickets_ticket_changelist")


def test_no_other_kind_of_file(client):
    assert client.get(reverse("admin:tickets_ticket_export", args=["exe"])).status_code == 404


def test_the_list_offers_it_as_it_is_filtered(client):
    page = client.get(reverse("admin:tickets_ticket_changelist"), {"etat": "used"}).text

    assert f"{reverse('admin:tickets_ticket_export', args=['csv'])}?etat=used" in page


def test_an_adviser_exports_nothing(client, enter):
    adviser = make_user(is_staff=True)
    adviser.groups.add(Group.objects.get(name="téléconseiller"))
    enter(adviser)

    assert client.get(reverse("admin:tickets_ticket_export", args=["csv"])).status_code == 403
    assert "Exporter" not in client.get(reverse("admin:tickets_ticket_changelist")).text


def test_every_right_of_a_role_exists():
    known = {
        f"{app}.{codename}"
        for app, codename in Permission.objects.values_list("content_type__app_label", "codename")
    }

    assert set().union(*ROLES.values()) <= known
    for name, rights in ROLES.items():
        assert Group.objects.get(name=name).permissions.count() == len(rights)
