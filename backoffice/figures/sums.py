"""The sums of a campaign: credited = left + on tickets + used + lapsed + expired + lost."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from core.money import ZERO
from tickets.models import OPEN_STATES, State, Ticket
from wallets.models import Campaign, Entry, Kind, Nature, Wallet

# What the ledger calls each; spendings and returns are told by the tickets.
CREDITED = [Nature.GRANT, Nature.CORRECTION, Nature.UNDONE]
LAPSED = [Nature.LAPSE, Nature.REVIVED]
COLUMNS = {
    "credited": "Crédité",
    "left": "Reste",
    "on_tickets": "Sur des tickets",
    "used": "Utilisé",
    "lapsed": "Éteint",
    "expired": "Expiré",
    "lost": "Perdu",
    "gap": "Écart",
}


@dataclass(frozen=True)
class Sums:
    """The sums of one kind of wallet in one campaign, in euros. Returned credit is in `left`, once."""

    kind: str
    # From the ledger.
    credited: Decimal
    lapsed: Decimal
    # From the wallets.
    left: Decimal
    # From the tickets.
    on_tickets: Decimal
    used: Decimal
    expired: Decimal
    lost: Decimal

    @property
    def gap(self) -> Decimal:
        """The difference between three independent sources: it must be 0,00 €."""
        return self.credited - (
            self.left + self.on_tickets + self.used + self.lapsed + self.expired + self.lost
        )

    @property
    def amounts(self) -> list[Decimal]:
        """In the order of COLUMNS."""
        return [getattr(self, name) for name in COLUMNS]


def of(campaigns: Iterable[Campaign], today: dt.date) -> list[tuple[Campaign, list[Sums]]]:
    """The sums of each campaign, both kinds; three queries."""
    asked = list(campaigns)
    entries = _by_kind(
        Entry.objects.filter(wallet__campaign__in=asked, nature__in=[*CREDITED, *LAPSED]),
        *("wallet__campaign", "wallet__kind", "nature"),
    )
    tickets = _by_kind(
        Ticket.objects.filter(wallet__campaign__in=asked).exclude(_given_back()),
        *("wallet__campaign", "wallet__kind", "state"),
    )
    wallets = _by_kind(Wallet.objects.filter(campaign__in=asked), "campaign", "kind", amount="balance")
    return [
        (
            campaign,
            [
                _sums(
                    kind,
                    entries[key],
                    tickets[key],
                    wallets[key],
                    is_over=today > campaign.last_validation_on,
                )
                for kind in Kind
                for key in [(campaign.pk, kind.value)]
            ],
        )
        for campaign in asked
    ]


Amounts = dict[str, Decimal]


def _given_back() -> Q:
    return Q(state=State.CANCELLED, credit_lost=False)


def _by_kind(
    rows: QuerySet[Any], campaign: str, kind: str, what: str = "", amount: str = "amount"
) -> defaultdict[tuple[int, str], Amounts]:
    grouped = rows.order_by().values_list(campaign, kind, *([what] if what else [])).annotate(Sum(amount))
    found: defaultdict[tuple[int, str], Amounts] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for pk, which, *rest in grouped:
        found[pk, which]["".join(map(str, rest[:-1]))] = rest[-1]
    return found


def _sums(kind: Kind, entries: Amounts, tickets: Amounts, wallets: Amounts, *, is_over: bool) -> Sums:
    # Which of the two a ticket is, the date says; the night may not have marked it yet, or no longer.
    unspent = sum((tickets[state] for state in OPEN_STATES), ZERO)
    return Sums(
        kind=kind.label,
        credited=sum((entries[nature] for nature in CREDITED), ZERO),
        lapsed=-sum((entries[nature] for nature in LAPSED), ZERO),
        left=wallets[""],
        on_tickets=ZERO if is_over else unspent,
        used=tickets[State.USED],
        expired=unspent if is_over else ZERO,
        lost=tickets[State.CANCELLED],
    )
