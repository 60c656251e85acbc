"""« Agrandir »: the ticket on a telephone, as the counter reads it."""

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer, make_partner
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


def test_it_shows_all_that_the_counter_checks(client):
    """family.md 4: amount, child, year of birth, wallet, number, last day and organisme, above the square."""
    parent = make_user()
    child = make_beneficiary(parent, first_name="Garance", last_name="TEST CD 92")
    offer = make_offer("Chant choral", partner=make_partner("MAITRISE D ANTONY"))
    ticket = make_ticket("50", wallet=make_wallet("60", beneficiary=child), offer=offer)
    client.force_login(parent)
    page = client.get(f"/beneficiaires/{child.public_id}/loisirs/transactions/{ticket.number}/").text

    above = page.partition(f'id="qr-{ticket.number}"')[2].partition('<div class="code__qr"')[0]
    above = " ".join(above.replace("\N{NO-BREAK SPACE}", " ").split())
    for fact in (
        "50,00 €",
        "Garance TEST CD 92",
        f"née ou né en {child.birth_year}",
        ticket.wallet.label,
        f"Ticket n° {ticket.number}",
        f"À utiliser jusqu’au {ticket.valid_until:%d/%m/%Y}",
        "MAITRISE D ANTONY",
        "Chant choral",
    ):
        assert fact in above
