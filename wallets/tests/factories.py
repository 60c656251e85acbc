"""Campaigns and wallets for tests."""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user
from core.money import ZERO
from wallets import services
from wallets.models import Campaign, Entry, Kind, Wallet

_numbers = count(1)


def days(number: int) -> dt.date:
    """That many days from today."""
    return timezone.localdate() + dt.timedelta(days=number)


def make_campaign(**fields: Any) -> Campaign:
    """A campaign that is open today, in the usual order of dates."""
    return Campaign.objects.create(
        **{
            "name": f"Campagne {next(_numbers)}",
            "opens_on": days(-100),
            "last_ticket_on": days(100),
            "last_cancellation_on": days(100),
            "last_validation_on": days(465),
            **fields,
        }
    )


def make_closed_campaign(**fields: Any) -> Campaign:
    """No more tickets and no more cancellations since yesterday; tickets may still be used."""
    return make_campaign(last_ticket_on=days(-1), last_cancellation_on=days(-1), **fields)


def make_wallet(
    balance: str = "60.00",
    *,
    kind: Kind = Kind.CULTURE,
    beneficiary: Beneficiary | None = None,
    campaign: Campaign | None = None,
) -> Wallet:
    """A wallet that was granted `balance` euros."""
    wallet = Wallet.objects.create(
        beneficiary=beneficiary or make_beneficiary(), campaign=campaign or make_campaign(), kind=kind
    )
    services.grant(wallet_ids=[wallet.pk], key="test", amount=Decimal(balance), label="Dotation", actor=None)
    wallet.refresh_from_db()
    return wallet


@transaction.atomic
def spend(wallet: Wallet, *amounts: str, actor: User | None = None) -> list[Entry]:
    """Entries of so many euros each, without their tickets."""
    decimals = [Decimal(amount) for amount in amounts]
    entries = services.write_spending(
        wallet_id=wallet.pk, amounts=decimals, label="Ticket", actor=actor or make_user()
    )
    services.debit(wallet_id=wallet.pk, total=sum(decimals, ZERO))
    return entries
