"""Cells of a sheet that are merged: what whoever opens it sees beside each line stands in the first alone."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

ACROSS = (
    "Des cases fusionnées couvrent plusieurs colonnes de la ligne. Défusionnez-les, et mettez une valeur par "
    "case."
)


class Merged(NamedTuple):
    """As it covers a line. `top` is the number of the first one, and columns are counted from nought."""

    top: int
    left: int
    right: int
    text: str


def unmerged(
    cells: Sequence[str], merged: Sequence[Merged], ours: Collection[int]
) -> tuple[Sequence[str], str]:
    """The cells of a line with those that stand in the lines above and cover it too; and why nobody can say
    what stands where. `ours` are the columns that are read.

    A line that has nothing of its own is no line of the list: it is covered from one end to the other.
    """
    if not any(cells[place].strip() for place in ours if place < len(cells)):
        return cells, ""
    filled = [*cells]
    for left, right, text in {(one.left, one.right, one.text) for one in merged if one.text.strip()}:
        covered = {place for place in ours if left <= place <= right}
        if covered - {left}:
            return cells, ACROSS
        if covered:
            filled += [""] * (left + 1 - len(filled))
            filled[left] = text
    return filled, ""
