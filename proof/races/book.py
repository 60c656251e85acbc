"""What people were told, and what must be there because of it. It knows nothing of how services reckon."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .acts import DONE, ZERO, Outcome, What


@dataclass(frozen=True)
class Found:
    """The wallets of a round, as the database has them."""

    balance: Decimal
    # What the closing of a campaign took, and its reopening did not give back.
    lapsed: Decimal
    tickets: int
    cancelled: int
    # In payment and paid ones too.
    used: int
    # To organismes for these tickets, once all is settled; nothing, as long as it is not.
    paid: Decimal | None = None
    # Tickets of all campaigns that are in a second living line, and payments told of a second time.
    twice: int = 0


@dataclass(frozen=True)
class Verdict:
    """Tickets that are there once too often, and euros that are there or missing without a reason."""

    duplicates: int
    euros_lost: Decimal


class Book:
    def __init__(self, given: Decimal) -> None:
        self._given = {"opening": given}
        self._orders: dict[str, tuple[int, Decimal]] = {}
        self._returned = self._moved = self._due = ZERO
        self._gone: Counter[int] = Counter()
        # Of a counter: sent again, a form answers what it did.
        self._forms: set[tuple[int, str]] = set()
        self._counts: Counter[What] = Counter()
        self._contradictions = 0

    def note(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.told == DONE:
                self._note(outcome)

    def _note(self, outcome: Outcome) -> None:
        act = outcome.act
        if act.what == What.USE and act.key:
            if (act.ticket, act.key) in self._forms:
                return
            self._forms.add((act.ticket, act.key))
        self._moved += outcome.moved
        self._counts[act.what] += 1
        if act.what == What.ORDER:
            ordered = act.quantity, act.euros
            self._contradictions += self._orders.setdefault(act.key, ordered) != ordered
        elif act.what == What.GIVE:
            self._given[act.key] = act.euros
        elif act.what == What.UNDO_USE:
            self._gone[act.ticket] -= 1
            self._due -= act.euros
        elif act.what == What.USE:
            self._gone[act.ticket] += 1
            self._due += act.euros
        elif act.what == What.CANCEL:
            self._gone[act.ticket] += 1
            self._returned += act.euros

    def judge(self, found: Found) -> Verdict:
        tickets = sum(quantity for quantity, _ in self._orders.values())
        spent = sum((quantity * euros for quantity, euros in self._orders.values()), ZERO)
        given = sum(self._given.values(), ZERO) + self._moved
        balance = given - spent + self._returned - found.lapsed
        used = self._counts[What.USE] - self._counts[What.UNDO_USE]
        twice = [
            abs(found.tickets - tickets),
            abs(found.cancelled - self._counts[What.CANCEL]),
            abs(found.used - used),
            sum(times - 1 for times in self._gone.values() if times > 1),
            self._contradictions,
            found.twice,
        ]
        unpaid = ZERO if found.paid is None else abs(found.paid - self._due)
        return Verdict(sum(twice), abs(found.balance - balance) + unpaid)
