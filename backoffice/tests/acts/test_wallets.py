"""A wallet is corrected."""

import uuid
from decimal import Decimal

import pytest

from accounts.audit import Action, AuditEntry
from wallets.tests.factories import make_wallet

from .journal import WHY, journal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("way", "balance"), [("credit", "72.50"), ("debit", "47.50")])
def test_a_wallet_is_corrected(act, agent, way, balance):
    wallet = make_wallet("60")

    act(wallet, "corriger", way=way, amount="12,50", key=uuid.uuid4())

    wallet.refresh_from_db()
    assert wallet.balance == Decimal(balance)
    assert journal() == [(Action.CORRECTION, WHY, agent)]
    line = AuditEntry.objects.get()
    assert "12,50" in line.details
    after = f"{balance.replace('.', ',')}\N{NO-BREAK SPACE}€"
    assert line.changes == [["solde", "60,00\N{NO-BREAK SPACE}€", after]]


def test_the_same_form_twice_corrects_once_and_says_so_once(act, agent):
    wallet, key = make_wallet("60"), uuid.uuid4()
    for _ in range(2):
        assert act(wallet, "corriger", way="credit", amount="5", key=key).status_code == 302

    wallet.refresh_from_db()
    assert wallet.balance == 65
    assert len(journal()) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"amount": "60,01"},
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "douze"},
        {"way": "autre"},
        {"key": "aucune"},
        {"reason": ""},
        {"reason": "x" * 301},
    ],
    ids=str,
)
def test_a_refused_correction_changes_nothing_and_leaves_no_trace(act, agent, said):
    wallet = make_wallet("60")
    response = act(wallet, "corriger", **({"way": "debit", "amount": "5", "key": uuid.uuid4()} | said))

    assert response.status_code == 200
    assert response.context["form"].errors
    wallet.refresh_from_db()
    assert wallet.balance == 60
    assert journal() == []
