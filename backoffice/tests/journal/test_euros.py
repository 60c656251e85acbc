"""Amounts are euros in the journal and in lists."""

from decimal import Decimal

import pytest

from accounts import audit
from partners.tests.factories import make_offer
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_campaign, make_wallet

from .edits import edit, page_of

pytestmark = pytest.mark.django_db

NBSP = "\N{NO-BREAK SPACE}"


def test_euros_of_an_edit_and_of_an_act(client, agent):
    """admin.md 14, its kind: « 60.00 → 72.50 »."""
    campaign = make_campaign()
    line = edit(client, campaign, supplement="12.5", confirmed="on", reason="Délibération")
    assert line.changes == [["Supplément boursier", f"10,00{NBSP}€", f"12,50{NBSP}€"]]

    wallet = make_wallet("1060", campaign=campaign)
    before = audit.values(wallet, ["balance"])
    assert before == {"solde": f"1{NBSP}060,00{NBSP}€"}


def test_where_an_organisme_stands_is_no_euros(agent):
    partner = make_offer().partner
    partner.latitude = Decimal("48.750000")
    assert audit.shown(partner, "latitude") == "48,750000"


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("model", ["wallets/wallet", "wallets/entry", "tickets/ticket"])
def test_amounts_in_lists_are_euros(client, model):
    make_ticket(wallet=make_wallet("1060"))
    page = client.get(f"/admin/{model}/")
    column = page.text.split('class="field-in_euros')[1]
    one = client.get(page_of(page.context["cl"].result_list[0])).text

    assert f"{NBSP}€</div>" in one
    assert column.partition("</td>")[0].endswith(f"{NBSP}€")
