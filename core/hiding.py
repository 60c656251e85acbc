"""Numbers of few children are not told, nor found out from the rest.

Personal is whatever is of few children: their number, their tickets, and above all their euros, which alone
tell that one child spent 15 €. It is so for every table. A neighbour knows the child of a small commune, a
treasurer the only one who brought a ticket to the club; an activity may be that of a single club. Nobody is
made out by a month, but one rule is easier to trust than two, and costs it nothing.

So the cells that are about the same children are told together or not at all: a line has a few groups of
them, and each group is hidden by lines.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

# A number of children below it is not told.
FEW = 5
ENOUGH = 2 * FEW


def is_few(numbers: Iterable[int]) -> bool:
    return any(0 < number < FEW for number in numbers)


def rest(wider: int, number: int) -> int:
    """How many of the wider group are not in this one, for `is_few`: that there is none tells of each."""
    return max(1, wider - number) if number else 0


def hidden(lines: Mapping[str, Sequence[int]], wider: Collection[str] = ()) -> set[str]:
    """The lines of which a group of cells is not told.

    `lines`: by its key, the numbers of children that the cells of a line give away, each line as many.
    `wider`: the lines already hidden for a group that these children are part of.

    The sum of all is told. What is hidden would be found out from it, unless it is several lines which make
    enough together, by each of these numbers: the fewest of the others go with them.
    """
    gone = {key for key, numbers in lines.items() if is_few(numbers)} | (set(wider) & lines.keys())
    if not gone:
        return gone
    totals = [sum(column) for column in zip(*(lines[key] for key in gone), strict=True)]
    others = sorted(lines.keys() - gone, key=lambda key: (not any(lines[key]), lines[key], key))
    while others and not _is_enough(len(gone), totals):
        key = others.pop(0)
        gone.add(key)
        totals = [total + number for total, number in zip(totals, lines[key], strict=True)]
    return gone


def is_total_hidden(lines: Mapping[str, Sequence[int]], gone: Collection[str], total: Sequence[int]) -> bool:
    """Whether not even the sum may be told: it is of few, or would tell what is hidden."""
    totals = [sum(column) for column in zip(*(lines[key] for key in gone), strict=True)]
    return is_few(total) or (bool(gone) and not _is_enough(len(gone), totals))


def _is_enough(number: int, totals: Iterable[int]) -> bool:
    return number > 1 and all(total == 0 or total >= ENOUGH for total in totals)
