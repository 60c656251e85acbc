"""Lines of one payment: parts of it, where the finance software pays each wallet by a mandat of its own; the
same twice; or lines that contradict each other.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from core.money import NBSP

from .said import LONGEST, Said
from .titles import MANDAT

# Of two papers of one payment, as the canonical CSV writes two codes.
BETWEEN = " + "


class Gathered(NamedTuple):
    """`whole`: what is to be judged, by its line. Of the others, `same`: why they tell nothing; `against`:
    why they are refused.
    """

    whole: dict[int, Said]
    same: dict[int, str]
    against: dict[int, str]


def gathered(said: Mapping[int, Said], amounts: Mapping[int, Decimal]) -> Gathered:
    """`said` by the number of the line; `amounts`, euros, by payment."""
    lines: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, it in said.items():
        lines[it.of].append(number)
    found = Gathered({}, {}, {})
    for of, (first, *others) in lines.items():
        whole = said[first]
        if others:
            all_of_it = [said[number] for number in (first, *others)]
            parts = _are_parts(all_of_it, amounts.get(of[1]))
            if not parts and any(it != whole for it in all_of_it):
                found.against.update(_contradicted([first, *others]))
                continue
            whole = _summed(all_of_it) if parts else whole
            why = f"Une partie du paiement{NBSP}: la ligne {first} le dit entier."
            found.same.update(dict.fromkeys(others, why if parts else f"La même que la ligne {first}."))
        found.whole[first] = whole
    return found


def _are_parts(lines: Collection[Said], amount: Decimal | None) -> bool:
    """They add up to what is paid, and say one thing of it."""
    parts = [it.amount for it in lines if it.amount]
    added_up = len(parts) == len(lines) and sum(parts) == amount
    return added_up and len({(it.fate, it.reason) for it in lines}) == 1 and _fits(lines)


def _fits(lines: Collection[Said]) -> bool:
    mandat, bordereau = _papers(lines)
    return max(len(mandat), len(bordereau)) <= LONGEST[MANDAT]


def _papers(lines: Collection[Said]) -> tuple[str, str]:
    mandats = dict.fromkeys(it.mandat for it in lines if it.mandat)
    bordereaux = dict.fromkeys(it.bordereau for it in lines if it.bordereau)
    return BETWEEN.join(mandats), BETWEEN.join(bordereaux)


def _summed(lines: Sequence[Said]) -> Said:
    """On the day of the last part."""
    mandat, bordereau = _papers(lines)
    amount = sum((it.amount for it in lines if it.amount), Decimal())
    last = max(it.on for it in lines)
    return lines[0]._replace(on=last, mandat=mandat, bordereau=bordereau, amount=amount)


def _contradicted(numbers: Sequence[int]) -> dict[int, str]:
    first, second, *_ = numbers
    return {
        number: f"La ligne {second if number == first else first} dit autre chose de ce paiement. "
        "Gardez celle qui est vraie."
        for number in numbers
    }
