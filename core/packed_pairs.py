"""Pairs of integers, packed: sixteen bytes for each, where a dictionary takes a hundred."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator


class PackedPairs:
    """A key, or the digest of one, and what belongs to it: all of them are known at the beginning."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        keys, values = array("q"), array("q")
        for key, value in pairs:
            keys.append(key)
            values.append(value)
        # In their order, where several have one key.
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self._keys = array("q", map(keys.__getitem__, order))
        self._values = array("q", map(values.__getitem__, order))

    def of(self, key: int) -> Iterator[int]:
        place = bisect_left(self._keys, key)
        while place < len(self._keys) and self._keys[place] == key:
            yield self._values[place]
            place += 1
