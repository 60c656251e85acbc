"""The words by which people are written of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from accounts.models import Beneficiary, User

from .whole_words import WholeWords

# Shorter than that, it is a word of everybody.
SHORTEST = 4


@dataclass(frozen=True)
class Words:
    """By what people were written of, who are nobody now."""

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


def of_account(user: User) -> set[str]:
    said = {
        user.username,
        user.email,
        user.former_email,
        user.phone,
        user.address,
        *_both_ways(user.first_name, user.last_name),
    }
    return _long_enough(said)


def written_elsewhere(user: User) -> set[str]:
    """The words of an account, as sentences of ours write them.

    An identifiant may be a word of everybody: erasing `sport` must not take « Porte-monnaie Sport » along.
    """
    words, username = of_account(user), user.username.casefold()
    if username.isalpha():
        words = words - {username} | {f"({username})", f"compte {username}"}
    return words


def of_child(child: Beneficiary) -> set[str]:
    return _long_enough({child.pupil_number, *_both_ways(child.first_name, child.last_name)})


def _both_ways(first_name: str, last_name: str) -> Iterator[str]:
    if first_name and last_name:
        yield f"{first_name} {last_name}"
        yield f"{last_name} {first_name}"


def _long_enough(words: Iterable[str]) -> set[str]:
    return {word.casefold() for word in words if len(word) >= SHORTEST}


def named(words: Iterable[str], *texts: str) -> bool:
    """Whether one of the words, folded, stands in the texts, as a whole."""
    return WholeWords(words).found_in("\n".join(texts).casefold())
