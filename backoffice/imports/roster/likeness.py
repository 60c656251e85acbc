"""Who is like somebody who is there, or in another line: for an agent to look at, never acted upon."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from accounts.identity import Names, folded

from .adults import EMAIL, Adults, contacts
from .guardians import Person
from .leaving import Known
from .pupils import Child

# Of each child: a file whose lines are all alike is told of as well by a few of them.
SHOWN = 3
# Of those who share a way to reach them: a switchboard is the telephone of hundreds.
COMPARED = 20
TITLES = {"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"}


@dataclass(slots=True)
class Seen:
    """A child that is there, or that a line makes."""

    child: Child
    # As an agent looks it up.
    called: str
    guardians: set[Names]


class Children:
    """By name and year with the collège, or with a guardian's name; and by number but for zeros."""

    def __init__(
        self, pupils: Mapping[str, Known], guardians: Mapping[int, list[int]], adults: Adults
    ) -> None:
        self._seen: dict[Hashable, list[Seen]] = defaultdict(list)
        for known in pupils.values():
            child = known.child
            left = "" if child.is_enrolled else ", non inscrit"
            names = {adults.names[pk] for pk in guardians.get(known.pk, ()) if pk in adults.names}
            self._add(Seen(child, f"{child} (numéro {child.pupil_number}{left})", names))

    def like(self, row: int, child: Child, guardians: Iterable[Names]) -> list[str]:
        """Whom this new child is like; the next lines are compared with it too."""
        mine = Seen(child, f"{child} (numéro {child.pupil_number}, ligne {row})", {*guardians})
        told: dict[str, str] = {}
        for key, why in _keys(mine):
            for seen in self._seen.get(key, ()):
                told.setdefault(seen.called, f"ressemble à {seen.called}\N{NO-BREAK SPACE}: {why}")
        self._add(mine)
        return list(told.values())[:SHOWN]

    def _add(self, seen: Seen) -> None:
        for key, _ in _keys(seen):
            if len(self._seen[key]) < SHOWN:
                self._seen[key].append(seen)


def _keys(seen: Seen) -> Iterator[tuple[Hashable, str]]:
    """What two children share who are alike, and how an agent reads it."""
    child = seen.child
    # First and last name are often swapped.
    name = frozenset(folded(child.first_name, child.last_name)), child.birth_year
    yield child.pupil_number.lstrip("0"), "le même numéro, à des zéros près"
    yield (*name, child.school_id), "même nom, même année, même collège"
    for guardian in seen.guardians:
        yield (*name, guardian), "même nom, même année, un responsable du même nom"


class Guardians:
    """By each way to reach them: two accounts for one father are two identifiants, and two letters."""

    def __init__(self, adults: Adults) -> None:
        self._adults = adults
        self._new: dict[str, list[tuple[Person, int]]] = defaultdict(list)
        self._told: set[Person] = set()

    def like(self, row: int, person: Person, guardians: Iterable[int]) -> Iterator[str]:
        """Whom this new guardian is like. `guardians` are those whom the child has."""
        if person in self._told:
            return
        self._told.add(person)
        told = {
            f"{person} ressemble à {called}, {why}"
            for names, called, why in self._near(person, guardians)
            if _same(person.names, names, by_email=why == EMAIL)
        }
        for contact in contacts(person.email, person.phone, person.address, person.postcode):
            if len(self._new[contact]) < COMPARED:
                self._new[contact].append((person, row))
        yield from sorted(told)

    def _near(self, person: Person, guardians: Iterable[int]) -> Iterator[tuple[Names, str, str]]:
        adults = self._adults
        for pk in guardians:
            if pk in adults.names:
                yield adults.names[pk], f"{adults.called[pk]}", "responsable du même enfant"
        for contact, why in contacts(person.email, person.phone, person.address, person.postcode).items():
            for pk in adults.reached_by.get(contact, ())[:COMPARED]:
                yield adults.names[pk], adults.called[pk], why
            for other, row in self._new.get(contact, ()):
                yield other.names, f"{other} de la ligne {row}", why


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
