"""Read models of a child's tickets and wallets, in few queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Beneficiary
from core.compiled_query import CompiledQuery
from core.money import ZERO
from wallets.models import Entry, Wallet
from wallets.reading import WalletBreakdown, breakdowns
from wallets.season import Ended, ended

from .models import OPEN_STATES, USED_STATES, Ticket


@dataclass(frozen=True)
class Deed:
    """`who` did it is empty where that is not the family's business."""

    what: str
    at: dt.datetime
    who: str = ""


def deeds(ticket: Ticket) -> list[Deed]:
    """The history of a ticket, oldest first, as the family reads it; three queries."""
    done = [Deed("Créé", ticket.created_at, ticket.order.actor.told_to_families)]
    done += [
        Deed("Imprimé", printing.created_at, printing.actor.told_to_families)
        for printing in ticket.printings.select_related("actor")
    ]
    for use in ticket.uses.select_related("offer__partner"):
        done.append(Deed(f"Utilisé chez {use.offer.partner}", use.used_at))
        if use.undone_at:
            done.append(Deed("Utilisation annulée", use.undone_at))
    if ticket.cancelled_at:
        canceller = ticket.cancelled_by.told_to_families if ticket.cancelled_by else ""
        done.append(Deed("Annulé", ticket.cancelled_at, canceller))
    return sorted(done, key=lambda deed: deed.at)


@dataclass(frozen=True)
class TicketBreakdown(WalletBreakdown):
    """A wallet's euros by state of ticket. Each entry has `of_ticket`, the number of its ticket."""

    @property
    def on_unused(self) -> Decimal:
        return self._spent(lambda entry: entry.ticket_state in OPEN_STATES)

    @property
    def on_used(self) -> Decimal:
        return self._spent(lambda entry: entry.ticket_state in USED_STATES)

    @property
    def lost(self) -> Decimal:
        """With tickets cancelled too late to get it back."""
        return self._spent(lambda entry: entry.ticket_lost)

    def _spent(self, which: Callable[[Any], bool]) -> Decimal:
        return -sum((entry.amount for entry in self.entries if which(entry)), ZERO)


_redeemable_of = CompiledQuery(lambda child, day: Wallet.objects.redeemable_on(day).filter(beneficiary=child))
_open_of = CompiledQuery(lambda child, day: Wallet.objects.open_on(day).filter(beneficiary=child))


def entries_with_tickets(**which: Any) -> QuerySet[Entry]:
    """What a TicketBreakdown is made of."""
    return (
        Entry.objects.newest_first()
        .filter(**which)
        .annotate(
            of_ticket=Coalesce("ticket__number", "reverses__ticket__number"),
            ticket_state=F("ticket__state"),
            ticket_lost=F("ticket__credit_lost"),
        )
    )


_entries_with_tickets_of = CompiledQuery(lambda wallets: entries_with_tickets(wallet__pk__in=wallets))


def open_wallets(beneficiary: Beneficiary, day: dt.date) -> list[Wallet]:
    return list(_open_of(beneficiary.pk, day))


def seasons_over(beneficiary: Beneficiary, day: dt.date) -> list[Ended]:
    """The campaigns that take no more tickets, while those that were made may still be used. Two queries."""
    redeemable = _redeemable_of(beneficiary.pk, day)
    return ended(breakdowns(wallet for wallet in redeemable if not wallet.is_open))


def ticket_breakdowns(beneficiary: Beneficiary, day: dt.date) -> list[TicketBreakdown]:
    """The breakdowns of the wallets whose tickets may still be used that day; two queries."""
    return breakdowns_with_tickets(_redeemable_of(beneficiary.pk, day))


def breakdowns_with_tickets(wallets: Iterable[Wallet]) -> list[TicketBreakdown]:
    """The breakdowns of these wallets, in their order; one query."""
    found = breakdowns(wallets, _entries_with_tickets_of)
    return [TicketBreakdown(one.wallet, one.entries) for one in found]
