"""Rows by digests of what they share, packed: sixteen bytes for each, where a dictionary takes a hundred."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Digests(Generic[Item]):
    """Of items that are all known at the beginning. `pairs` are a digest and the place of its item."""

    def __init__(self, items: Sequence[Item], pairs: Iterable[tuple[int, int]]) -> None:
        self._items = items
        digests, places = array("q"), array("l")
        for digest, place in pairs:
            digests.append(digest)
            places.append(place)
        # In their order, where several have one digest.
        order = sorted(range(len(digests)), key=digests.__getitem__)
        self._digests = array("q", map(digests.__getitem__, order))
        self._places = array("l", map(places.__getitem__, order))

    def of(self, digest: int) -> Iterator[Item]:
        place = bisect_left(self._digests, digest)
        while place < len(self._digests) and self._digests[place] == digest:
            yield self._items[self._places[place]]
            place += 1
