"""The end of a campaign as a family sees it: what will be lost soon, and what was."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.formats import jour
from core.money import NBSP, ZERO, euros

from .models import Campaign, Wallet
from .reading import WalletBreakdown

# As long before the last day as the first reminder is sent.
NEAR = dt.timedelta(days=30)


@dataclass(frozen=True)
class Ending:
    """The last day for tickets is near, and `left` euros could still be spent."""

    campaign: Campaign
    days: int
    left: Decimal

    @property
    def sentence(self) -> str:
        when = f"Plus que {self.days}{NBSP}jours" if self.days > 1 else "Plus qu’un jour"
        if self.days == 0:
            when = "C’est le dernier jour"
        will_be = "sera perdu" if self.left < 2 else "seront perdus"
        last = jour(self.campaign.last_ticket_on)
        return f"{when} pour créer des tickets{NBSP}: {euros(self.left)} {will_be} après le {last}."


@dataclass(frozen=True)
class Ended:
    """No more tickets, though those that were made may still be used; `lost` is in euros."""

    campaign: Campaign
    lost: Decimal

    @property
    def sentence(self) -> str:
        if not self.lost:
            return "Tout ce qui était accordé a servi à créer des tickets."
        return f"{euros(self.lost)} n’avaient pas servi{NBSP}: cette somme est perdue."


def spendable(wallets: Iterable[Wallet]) -> list[Wallet]:
    """The open wallets that can pay a ticket."""
    return [wallet for wallet in wallets if wallet.balance >= wallet.campaign.ticket_minimum]


def endings(wallets: Iterable[Wallet], today: dt.date) -> list[Ending]:
    """Of open wallets, by campaign, the first to end coming first."""
    left: dict[Campaign, Decimal] = {}
    for wallet in spendable(wallets):
        if wallet.campaign.last_ticket_on - today <= NEAR:
            left[wallet.campaign] = left.get(wallet.campaign, ZERO) + wallet.balance
    return [Ending(c, (c.last_ticket_on - today).days, amount) for c, amount in left.items()]


def ended(closed: Sequence[WalletBreakdown]) -> list[Ended]:
    """Of wallets that take no more tickets, by campaign."""
    lost: dict[Campaign, Decimal] = {}
    for one in closed:
        campaign = one.wallet.campaign
        lost[campaign] = lost.get(campaign, ZERO) + one.not_spent
    return [Ended(campaign, amount) for campaign, amount in lost.items()]
