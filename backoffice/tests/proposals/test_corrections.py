"""A correction is read before it is done."""

import uuid
from decimal import Decimal

import pytest

from wallets.tests.factories import make_wallet

from .desk import journal, seen

pytestmark = pytest.mark.django_db


def test_a_correction_shows_the_balance_before_and_after(one):
    """admin.md 5: one click, and neither whose nor how much was on the page."""
    wallet = make_wallet("60")
    said = {"reason": "Stage", "way": "debit", "amount": "12,50", "key": uuid.uuid4()}
    page = one.look(wallet, "corriger")
    assert str(wallet.beneficiary) in page.text

    page = one.send(wallet, "corriger", seen=seen(page), **said)
    assert "47,50\N{NO-BREAK SPACE}€" in page.text
    assert "Rien n’est encore fait" in page.text
    wallet.refresh_from_db()
    assert wallet.balance == 60

    for _ in range(2):
        one.send(wallet, "corriger", seen=seen(page), **said)
    wallet.refresh_from_db()
    assert wallet.balance == Decimal("47.50")
    assert len(journal()) == 1
