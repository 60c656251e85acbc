"""Grant, spend, reverse: the balance is always the sum of the entries."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.tests.factories import make_beneficiary, make_user
from core.append_only import AppendOnly
from wallets import campaigns, services
from wallets.exceptions import AlreadyReversed, InsufficientFunds
from wallets.models import Entry, Kind, Wallet
from wallets.tests.factories import make_campaign, make_wallet, spend

pytestmark = pytest.mark.django_db


def balance(wallet):
    wallet.refresh_from_db()
    assert not Wallet.objects.out_of_balance().exists()
    return wallet.balance


def test_opening_gives_the_larger_share_to_the_preferred_wallet():
    child, campaign = make_beneficiary(), make_campaign(larger_share=70, smaller_share=10)
    campaigns.open_wallets(
        beneficiary_ids=[child.pk], campaign_id=campaign.pk, preferred=Kind.CULTURE, actor=None
    )

    balances = dict(child.wallets.values_list("kind", "balance"))
    assert balances == {Kind.SPORT: Decimal(10), Kind.CULTURE: Decimal(70)}
    assert not Wallet.objects.out_of_balance().exists()


def test_opening_twice_changes_nothing():
    child, campaign = make_beneficiary(), make_campaign()
    for preferred in (Kind.SPORT, Kind.CULTURE):
        campaigns.open_wallets(
            beneficiary_ids=[child.pk], campaign_id=campaign.pk, preferred=preferred, actor=None
        )

    balances = dict(child.wallets.values_list("kind", "balance"))
    assert balances == {Kind.SPORT: Decimal(60), Kind.CULTURE: Decimal(20)}
    assert Entry.objects.count() == 2


def test_a_supplement_is_a_later_credit_of_its_own():
    wallet = make_wallet("60")
    for _ in range(2):
        services.grant(
            wallet_ids=[wallet.pk], key="boursier", amount=Decimal(10), label="Supplément", actor=None
        )

    assert balance(wallet) == Decimal(70)


def test_spending_all_of_it():
    wallet = make_wallet("60")
    entries = spend(wallet, "10", "50")

    assert [entry.amount for entry in entries] == [Decimal(-10), Decimal(-50)]
    assert balance(wallet) == 0


def test_to_the_last_cent_where_floating_point_would_drift():
    wallet = make_wallet("0.30")
    for _ in range(3):
        spend(wallet, "0.10")

    assert balance(wallet) == 0


def test_one_cent_too_much_spends_nothing():
    wallet = make_wallet("60")
    with pytest.raises(InsufficientFunds, match="60,00") as refusal:
        spend(wallet, "10", "50.01")

    assert refusal.value.balance == balance(wallet) == Decimal(60)


def test_a_reversal_gives_back_once():
    wallet = make_wallet("60")
    [entry] = spend(wallet, "50")
    services.reverse(entry_id=entry.pk, label="Annulé", actor=make_user())
    with pytest.raises(AlreadyReversed):
        services.reverse(entry_id=entry.pk, label="Annulé", actor=make_user())

    assert balance(wallet) == Decimal(60)


def test_the_model_refuses_to_touch_an_entry():
    [entry] = spend(make_wallet(), "5")
    for touch in (
        entry.save,
        entry.delete,
        Entry(pk=entry.pk, wallet=entry.wallet, amount=1, label="Autre").save,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(amount=1),
        lambda: Entry.objects.bulk_update([entry], ["amount"]),
    ):
        with pytest.raises((AppendOnly, IntegrityError)), transaction.atomic():
            touch()

    assert Entry.objects.get(pk=entry.pk).amount == -5


def test_a_wrong_balance_is_found():
    wallet = make_wallet("60")
    Wallet.objects.filter(pk=wallet.pk).update(balance=61)

    assert list(Wallet.objects.out_of_balance()) == [wallet]
