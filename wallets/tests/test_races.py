"""Two people at the same instant. Each race has its control: without the lock, it shows."""

from decimal import Decimal

import pytest
from django.db import connection

from accounts.tests.factories import make_user
from wallets import services
from wallets.models import Wallet, WalletQuerySet
from wallets.tests.factories import make_wallet

# What stops the second writer once the lock is gone.
LAST_RESORT = {"postgresql": "IntegrityError", "sqlite": "OperationalError"}[connection.vendor]


@pytest.mark.parametrize(
    ("locked", "refusal"),
    [
        pytest.param(True, "InsufficientFunds", id="the lock makes the second one wait"),
        # The control: it shows that the case above tests the lock, and not our luck.
        pytest.param(False, LAST_RESORT, id="without it only the database refuses"),
    ],
)
def test_two_spend_more_than_there_is(at_once, meeting_before, without_lock, locked, refusal):
    wallet, actor = make_wallet("60"), make_user()
    meeting_before(WalletQuerySet, "update")
    if not locked:
        without_lock()

    def spend() -> None:
        services.spend(wallet_id=wallet.pk, amounts=[Decimal(40)], label="Ticket", actor=actor)

    assert at_once(spend, spend) == [refusal, "done"]
    wallet.refresh_from_db()
    assert wallet.balance == Decimal(20)
    assert not Wallet.objects.out_of_balance().exists()


def test_the_same_grant_at_once_is_made_once(at_once):
    wallet = make_wallet("60")

    def grant() -> None:
        services.grant(
            wallet_ids=[wallet.pk], key="boursier", amount=Decimal(10), label="Supplément", actor=None
        )

    assert at_once(grant, grant, grant) == ["done", "done", "done"]
    wallet.refresh_from_db()
    assert wallet.balance == Decimal(70)
