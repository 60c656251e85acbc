"""The words by which people are written of."""

from collections.abc import Iterable, Iterator

from accounts.models import Beneficiary, User

from .whole_words import WholeWords

# Shorter than that, it is a word of everybody.
SHORTEST = 4


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
