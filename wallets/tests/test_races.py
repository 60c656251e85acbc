"""Two people at the same instant. Each race has its control: without the lock, it shows."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_user
from wallets import services
from wallets.models import Wallet, WalletQuerySet
from wallets.tests.factories import make_wallet, spend


@pytest.mark.parametrize(
    ("guarded", "refusal"),
    [
        pytest.param(True, "InsufficientFunds", id="the debit makes the second one wait, and asks again"),
        # The control: it shows that the case above tests the guard, and not our luck.
        pytest.param(False, "IntegrityError", id="without it only the database refuses"),
    ],
)
def test_two_spend_more_than_there_is(at_once, meeting_before, without_lock, guarded, refusal):
    wallet, actor = make_wallet("60"), make_user()
    meeting_before(WalletQuerySet, "update")
    if not guarded:
        without_lock()

    def take() -> None:
        spend(wallet, "40", actor=actor)

    assert at_once(take, take) == [refusal, "done"]
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
