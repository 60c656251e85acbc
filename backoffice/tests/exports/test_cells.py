"""No cell of an export calculates."""

import pytest

from accounts.tests.factories import make_beneficiary
from partners.tests.factories import make_partner
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


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
