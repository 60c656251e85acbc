"""What is exported is what the list shows."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_beneficiary
from partners.tests.factories import make_offer, make_partner
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


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
