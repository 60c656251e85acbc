"""Rows by what they share."""

from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar, cast

Item = TypeVar("Item")


class Groups(Generic[Item]):
    """Most share it with nobody: a list for each would take as much memory as the rows themselves.

    No item is a list.
    """

    def __init__(self) -> None:
        self._groups: dict[Hashable, Any] = {}

    def add(self, shared: Hashable, item: Item) -> None:
        found = self._groups.setdefault(shared, item)
        if found is item:
            return
        if isinstance(found, list):
            found.append(item)
        else:
            self._groups[shared] = [found, item]

    def of(self, shared: Hashable) -> Sequence[Item]:
        found = self._groups.get(shared)
        if found is None:
            return ()
        return found if isinstance(found, list) else (cast(Item, found),)
