"""The supplement of a child whose scholarship was checked."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from core.money_fields import in_cents

from .exceptions import (
    CampaignOver,
    NoSupplement,
    OpeningUndone,
    SupplementGranted,
    SupplementNotGranted,
    SupplementSpent,
)
from .models import (
    SUPPLEMENT,
    Campaign,
    Entry,
    Nature,
    Wallet,
)
from .reading import WalletBreakdown, locked_breakdowns
from .services import grant, opposites


@transaction.atomic
def grant_supplement(*, beneficiary_id: int, campaign_id: int, actor: User) -> list[Entry]:
    """Credit both wallets of a child whose scholarship was checked: DOMAIN, « a separate, later credit ».

    Once a campaign, unless it was taken back. Locks both wallets. Raises NoSupplement, SupplementGranted,
    CampaignOver, OpeningUndone.
    """
    campaign = Campaign.objects.get(pk=campaign_id)
    if timezone.localdate() > campaign.last_ticket_on:
        raise CampaignOver
    if not campaign.supplement:
        raise NoSupplement
    locked = locked_breakdowns(beneficiary_id, campaign_id)
    if any(one.wallet.undone_at for one in locked):
        raise OpeningUndone
    entries = [
        entry
        for one in locked
        if not one.standing(SUPPLEMENT)
        for entry in grant(
            wallet_ids=[one.wallet.pk],
            key=one.next_key(SUPPLEMENT),
            amount=campaign.supplement,
            label="Supplément boursier",
            actor=actor,
        )
    ]
    if not entries:
        raise SupplementGranted
    return entries


@transaction.atomic
def take_back_supplement(*, beneficiary_id: int, campaign_id: int, actor: User) -> list[Entry]:
    """Take the supplement out of both wallets of a child, once; then it may be granted again.

    Locks both wallets. Raises SupplementNotGranted, SupplementSpent.
    """
    locked = locked_breakdowns(beneficiary_id, campaign_id)
    entries = [entry for one in locked for entry in one.standing(SUPPLEMENT)]
    if not entries:
        raise SupplementNotGranted
    balances = {one.wallet.pk: one.wallet for one in locked}
    for entry in entries:
        if (wallet := balances[entry.wallet_id]).balance < entry.amount:
            raise SupplementSpent(wallet.label, wallet.balance)
        Wallet.objects.filter(pk=wallet.pk).update(balance=in_cents(F("balance") - entry.amount))
    given = Entry.objects.filter(pk__in=[entry.pk for entry in entries])
    return opposites(given, nature=Nature.UNDONE, label="Supplément boursier retiré", actor=actor)


def has_supplement(wallet: Wallet) -> bool:
    """Whether there is one to take back. No query, if its `entries` were prefetched."""
    return bool(WalletBreakdown(wallet, list(wallet.entries.all())).standing(SUPPLEMENT))


def why_no_supplement(wallet: Wallet) -> str:
    """Of this one of the two, as the office says it; `grant_supplement` decides of both under its lock."""
    if not wallet.campaign.supplement:
        return "cette campagne n’en a pas"
    return "déjà accordé" if has_supplement(wallet) else ""
