"""The sums of a campaign: granted, supplements and corrections = left + on tickets + used + lapsed + …"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from core.money import CENT, ZERO
from tickets.models import OPEN_STATES, USED_STATES, State, Ticket
from wallets.models import SUPPLEMENT, Campaign, Entry, Kind, Nature, Wallet

# What the ledger says was given or taken away; spendings and returns are told by the tickets.
TOLD_BY_LEDGER = [Nature.GRANT, Nature.CORRECTION, Nature.UNDONE, Nature.LAPSE, Nature.REVIVED]
# The board has one line for each kind; the page of all sums says how each was credited.
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
GIVEN = {"granted": "Dotations", "supplements": "Suppléments boursiers", "corrections": "Corrections"}
FOUND = {name: label for name, label in COLUMNS.items() if name not in {"credited", "gap"}}
TOTAL = "Ensemble"

# In cents, by what they are: `granted`, `supplements`, `corrections`, `lapsed` from the ledger, `left` from
# the wallets, `unspent`, `used`, `lost` from the tickets.
Cents = Mapping[str, int]


@dataclass(frozen=True)
class Sums:
    """The sums of one kind of wallet in one campaign, in euros. Returned credit is in `left`, once."""

    kind: str
    # From the ledger: what was taken back, as the supplement of a wrong child, is taken off.
    granted: Decimal = ZERO
    supplements: Decimal = ZERO
    corrections: Decimal = ZERO
    lapsed: Decimal = ZERO
    # From the wallets.
    left: Decimal = ZERO
    # From the tickets.
    on_tickets: Decimal = ZERO
    used: Decimal = ZERO
    expired: Decimal = ZERO
    lost: Decimal = ZERO

    @property
    def credited(self) -> Decimal:
        return self.granted + self.supplements + self.corrections

    @property
    def found(self) -> Decimal:
        return self.left + self.on_tickets + self.used + self.lapsed + self.expired + self.lost

    @property
    def gap(self) -> Decimal:
        """The difference between three independent sources: it must be 0,00 €."""
        return self.credited - self.found

    @property
    def amounts(self) -> list[Decimal]:
        """In the order of COLUMNS."""
        return [getattr(self, name) for name in COLUMNS]


@dataclass(frozen=True)
class Line:
    """Of a campaign's account: one amount for each kind, and their sum."""

    name: str
    label: str
    amounts: Sequence[Decimal]


def of(counted: Mapping[str, Cents], campaign: Campaign, today: dt.date) -> list[Sums]:
    """The sums of both kinds, of what was counted of that campaign.

    Whether an unspent ticket may still be used, the date says: the night may not have marked it yet, or no
    longer, and what was counted the day before need not be counted again.
    """
    return [
        _sums(kind.label, counted[kind.value], is_over=today > campaign.last_validation_on) for kind in Kind
    ]


def both(kinds: Iterable[Sums]) -> Sums:
    """Their sum."""
    kinds = list(kinds)
    names = [field.name for field in fields(Sums) if field.name != "kind"]
    return Sums(TOTAL, **{name: sum((getattr(one, name) for one in kinds), ZERO) for name in names})


def account(kinds: Sequence[Sums]) -> list[Line]:
    """All that a campaign gave, then where it is, line after line, in the order in which it is read."""
    every = [*kinds, both(kinds)]
    order = GIVEN | {"credited": "Crédité"} | FOUND | {"found": "Retrouvé"}
    return [
        Line(name, label, [getattr(sums, name) for sums in every])
        for name, label in [*order.items(), ("gap", "Écart")]
    ]


def _sums(kind: str, cents: Cents, *, is_over: bool) -> Sums:
    amounts = {name: Decimal(number) * CENT for name, number in cents.items()}
    unspent = amounts.pop("unspent")
    return Sums(kind, **amounts, **{"expired" if is_over else "on_tickets": unspent})


def count(campaign: Campaign) -> dict[str, Any]:
    """`kinds`: the cents of each kind; `source`: what changes with each movement of the campaign.

    Three statements, to be read in one snapshot.
    """
    kinds: dict[str, defaultdict[str, int]] = {kind.value: defaultdict(int) for kind in Kind}
    source: dict[str, Any] = {"entries": 0, "tickets": {}}
    for kind, what, amount, last in _entries(campaign):
        # A lapse is a debit, and told as what has gone.
        kinds[kind][what] = _cents(-amount if what == "lapsed" else amount)
        source["entries"] = max(source["entries"], last)
    for kind, what, amount, number, total in _tickets(campaign):
        kinds[kind][what] = _cents(amount)
        source["tickets"][f"{kind} {what}"] = [number, int(total)]
    wallets = Wallet.objects.filter(campaign=campaign).order_by()
    for kind, amount in wallets.values_list("kind").annotate(Sum("balance")):
        kinds[kind]["left"] = _cents(amount)
    names = [*GIVEN, "lapsed", "left", "unspent", "used", "lost"]
    return {
        "kinds": {kind: {name: cents[name] for name in names} for kind, cents in kinds.items()},
        "source": source,
    }


def _cents(amount: Decimal) -> int:
    # SQLite adds floating point.
    return round(amount / CENT)


def _entries(campaign: Campaign) -> Any:
    """What was taken back belongs where it was given."""
    entries = Entry.objects.filter(wallet__campaign=campaign, nature__in=TOLD_BY_LEDGER).order_by()
    told = entries.annotate(
        origin=Coalesce("reverses__nature", "nature"), key=Coalesce("reverses__grant_key", "grant_key")
    )
    what = Case(
        When(origin=Nature.LAPSE, then=Value("lapsed")),
        When(origin=Nature.CORRECTION, then=Value("corrections")),
        # Numbered from the second one on.
        When(Q(key=SUPPLEMENT) | Q(key__startswith=f"{SUPPLEMENT}-"), then=Value("supplements")),
        default=Value("granted"),
        output_field=CharField(),
    )
    grouped = told.annotate(what=what).values_list("wallet__kind", "what")
    return grouped.annotate(Sum("amount"), Max("pk"))


def _tickets(campaign: Campaign) -> Any:
    """Those given back are in the wallets."""
    tickets = Ticket.objects.filter(wallet__campaign=campaign).order_by()
    what = Case(
        When(state__in=OPEN_STATES, then=Value("unspent")),
        When(state__in=USED_STATES, then=Value("used")),
        default=Value("lost"),
        output_field=CharField(),
    )
    told = tickets.exclude(state=State.CANCELLED, credit_lost=False).annotate(what=what)
    return told.values_list("wallet__kind", "what").annotate(Sum("amount"), Count("pk"), Sum(F("number")))
