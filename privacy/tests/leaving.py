"""Families whose time is over, for tests."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user
from wallets.models import Campaign, Wallet
from wallets.tests.factories import days, make_campaign, make_wallet

ONE_DAY = dt.timedelta(days=1)


def end(campaign: Campaign, *, days_ago: int) -> None:
    """Its tickets could be used for the last time that many days ago."""
    last = days(-days_ago)
    Campaign.objects.filter(pk=campaign.pk).update(
        opens_on=last - 400 * ONE_DAY,
        last_ticket_on=last - 100 * ONE_DAY,
        last_cancellation_on=last - 100 * ONE_DAY,
        last_validation_on=last,
    )


def kept_for_days() -> int:
    return settings.KEEP_FAMILIES.days


def make_former(*guardians: User, days_ago: int | None = None, **fields: Any) -> tuple[Beneficiary, Wallet]:
    """A child that has left, and its wallet of a campaign that ended so long ago: its time is over."""
    child = make_beneficiary(*guardians, **{"is_enrolled": False} | fields)
    wallet = make_wallet("60", beneficiary=child, campaign=make_campaign())
    end(wallet.campaign, days_ago=kept_for_days() + 1 if days_ago is None else days_ago)
    return child, wallet


def long_ago(**more: float) -> dt.datetime:
    """Before what is kept of families begins; by an hour, unless told."""
    return timezone.now() - settings.KEEP_FAMILIES - dt.timedelta(**more or {"hours": 1})


def make_old_user(**fields: Any) -> User:
    return make_user(date_joined=long_ago(), **fields)


def gone() -> set[int]:
    """The children that are anonymised."""
    return {child.pk for child in Beneficiary.objects.exclude(anonymised_at=None)}
