"""The words that named people who are erased."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True)
class Words:
    """The words that named them."""

    words: Collection[str]
    identifiants: Collection[str]
    surnames: Collection[str]
    # In capitals.
    addresses: Collection[str]
    # To whom somebody is still written, perhaps about one of these first names.
    about: Mapping[str, Collection[str]]

    def as_json(self) -> dict[str, Any]:
        about = {address: sorted(names) for address, names in self.about.items()}
        return {field.name: sorted(getattr(self, field.name)) for field in fields(self)} | {"about": about}

    @classmethod
    def of(cls, kept: Iterable[Mapping[str, Any]]) -> Self:
        """Of several people together, from `as_json`."""
        together: dict[str, set[str]] = defaultdict(set)
        about: dict[str, set[str]] = defaultdict(set)
        for words in kept:
            for name in ("words", "identifiants", "surnames", "addresses"):
                together[name] |= set(words[name])
            for address, first_names in words["about"].items():
                about[address] |= set(first_names)
        return cls(
            words=together["words"],
            identifiants=together["identifiants"],
            surnames=together["surnames"],
            addresses=together["addresses"],
            about=about,
        )
