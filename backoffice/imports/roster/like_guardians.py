"""Guardians who are like another one: for an agent to look at, never acted upon."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from accounts.identity import Names
from backoffice.imports.lines import Alike

from .adults import Adults
from .contacts import EMAIL, contacts
from .guardians import Person

# Of those who share a way to reach them: a switchboard is the telephone of hundreds.
COMPARED = 20
TITLES = {"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "dr", "docteur"}


@dataclass(frozen=True, slots=True)
class Near:
    """Who shares a way to be reached: an account, or whom a line makes."""

    names: Names
    called: str
    why: str
    pk: int | None = None
    line: int | None = None
    # What it is called in that line.
    there: str = ""


class Guardians:
    """By each way to reach them: two accounts for one father are two identifiants, and two letters."""

    def __init__(self, adults: Adults) -> None:
        self._adults = adults
        self._new: dict[int, list[tuple[Person, int]]] = defaultdict(list)
        self._told: set[Person] = set()

    def like(self, row: int, person: Person, guardians: Iterable[int]) -> Iterator[Alike]:
        """Whom this new guardian is like. `guardians` are those whom the child has."""
        if person in self._told:
            return
        self._told.add(person)
        told = {
            f"{person} ressemble à {near.called}, {near.why}": near
            for near in self._near(person, guardians)
            if _same(person.names, near.names, by_email=near.why == EMAIL)
        }
        for contact in contacts(person.email, person.phone, person.address, person.postcode):
            if len(self._new[contact]) < COMPARED:
                self._new[contact].append((person, row))
        for sentence, near in sorted(told.items(), key=itemgetter(0)):
            yield Alike(sentence, person.title, "account", near.pk, near.line, near.there)

    def _near(self, person: Person, guardians: Iterable[int]) -> Iterator[Near]:
        adults = self._adults
        for pk in guardians:
            if pk in adults.names:
                yield Near(adults.names[pk], adults.called[pk], "responsable du même enfant", pk)
        for contact, why in contacts(person.email, person.phone, person.address, person.postcode).items():
            for pk in islice(adults.reached_by.of(contact), COMPARED):
                yield Near(adults.names[pk], adults.called[pk], why, pk)
            for other, row in self._new.get(contact, ()):
                called = f"{other} de la ligne {row}"
                yield Near(other.names, called, why, line=row, there=other.title)


def _same(here: Names, there: Names, *, by_email: bool) -> bool:
    """Swapped names, « M. NGUYEN », « Paul Henri »: the same words. By one e-mail, the first name is enough.

    A couple shares an address and a last name.
    """
    ours, theirs = _words(here), _words(there)
    common = ours & theirs
    if common in (ours, theirs) and len(common) > 1:
        return True
    return by_email and bool({*here[0].split()[:1]} & theirs or {*there[0].split()[:1]} & ours)


def _words(names: Names) -> set[str]:
    return {*" ".join(names).split()} - TITLES
