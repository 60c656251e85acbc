"""How much: campaigns, the two wallets of each child, and the ledger."""

from .campaign import Campaign, CampaignQuerySet, Kind, LateCancellation
from .ledger import Corrections, Entry, EntryQuerySet, Wallet, WalletQuerySet
from .natures import FORMULA_GRANT, GIVEN_UP, REVERSES, SUPPLEMENT, Nature

__all__ = [
    "FORMULA_GRANT",
    "GIVEN_UP",
    "REVERSES",
    "SUPPLEMENT",
    "Campaign",
    "CampaignQuerySet",
    "Corrections",
    "Entry",
    "EntryQuerySet",
    "Kind",
    "LateCancellation",
    "Nature",
    "Wallet",
    "WalletQuerySet",
]
