"""What staff do to a wallet: correct it with a reason, and let what is left lapse."""

import uuid
from decimal import Decimal

import pytest

from accounts.tests.factories import make_user
from wallets import services
from wallets.exceptions import CampaignStillOpen, CorrectionKeyReused, InsufficientFunds
from wallets.models import Nature, Wallet
from wallets.reading import breakdown
from wallets.tests.factories import make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db


def correct(wallet, amount, key=None):
    return services.correct(
        wallet_id=wallet.pk, amount=Decimal(amount), key=key or uuid.uuid4(), actor=make_user()
    )


def balance(wallet):
    wallet.refresh_from_db()
    assert not Wallet.objects.out_of_balance().exists()
    return wallet.balance


@pytest.mark.parametrize(("amount", "left"), [("5.50", "65.50"), ("-60", "0")])
def test_a_correction_is_an_entry_of_its_own(amount, left):
    wallet = make_wallet("60")
    entry = correct(wallet, amount)

    assert (entry.nature, entry.amount) == (Nature.CORRECTION, Decimal(amount))
    assert balance(wallet) == Decimal(left)
    assert breakdown(wallet).granted == Decimal(left)


def test_it_takes_no_more_than_there_is():
    wallet = make_wallet("60")
    with pytest.raises(InsufficientFunds, match="60,00"):
        correct(wallet, "-60.01")

    assert balance(wallet) == Decimal(60)


def test_the_same_form_sent_twice_corrects_once():
    wallet, key = make_wallet("60"), uuid.uuid4()
    assert correct(wallet, "5", key) == correct(wallet, "5", key)
    with pytest.raises(CorrectionKeyReused):
        correct(wallet, "6", key)

    assert balance(wallet) == Decimal(65)


def test_what_is_left_lapses_once():
    campaign = make_closed_campaign()
    full, empty = make_wallet("60", campaign=campaign), make_wallet("0", campaign=campaign)
    wallet_ids = [full.pk, empty.pk]

    [entry] = services.lapse(wallet_ids=wallet_ids, actor=make_user())
    assert services.lapse(wallet_ids=wallet_ids, actor=make_user()) == []

    assert (entry.wallet, entry.nature, entry.amount) == (full, Nature.LAPSE, Decimal(-60))
    assert balance(full) == balance(empty) == 0
    assert breakdown(full).granted == Decimal(60)


def test_nothing_lapses_on_the_last_day():
    wallet = make_wallet("60", campaign=make_campaign())
    with pytest.raises(CampaignStillOpen):
        services.lapse(wallet_ids=[wallet.pk], actor=make_user())

    assert balance(wallet) == Decimal(60)
