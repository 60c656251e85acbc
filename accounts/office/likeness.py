"""Who is like somebody who is there, or in another line: for an agent to look at, never acted upon."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..identity import Names, folded
from .guardians import EMAIL, Adults, Person, contacts
from .leaving import Known
from .pupils import Child

TITLES = {"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"}


@dataclass(slots=True)
class Seen:
    """A child that is there, or that a line makes."""

    child: Child
    # As an agent looks it up.
    called: str
    guardians: set[Names]


class Children:
    """By name and year, and by number but for the zeros that spreadsheets eat."""

    def __init__(
        self, pupils: Mapping[str, Known], guardians: Mapping[int, list[int]], adults: Adults
    ) -> None:
        self._by_name: dict[tuple[frozenset[str], int], list[Seen]] = defaultdict(list)
        self._by_number: dict[str, list[Seen]] = defaultdict(list)
        for known in pupils.values():
            child = known.child
            left = "" if child.is_enrolled else ", non inscrit"
            names = {adults.names[pk] for pk in guardians.get(known.pk, ()) if pk in adults.names}
            self._add(Seen(child, f"{child} (numéro {child.pupil_number}{left})", names))

    def like(self, row: int, child: Child, guardians: Iterable[Names]) -> Iterator[str]:
        """Whom this new child is like; the next lines are compared with it too."""
        mine = Seen(child, f"{child} (numéro {child.pupil_number}, ligne {row})", {*guardians})
        told = set()
        for seen in self._by_number[child.pupil_number.lstrip("0")]:
            told.add(seen.called)
            yield f"ressemble à {seen.called}\N{NO-BREAK SPACE}: le même numéro, à des zéros près"
        for seen in self._by_name[_key(child)]:
            if seen.called not in told and (why := _shared(mine, seen)):
                yield f"ressemble à {seen.called}\N{NO-BREAK SPACE}: même nom, même année, {why}"
        self._add(mine)

    def _add(self, seen: Seen) -> None:
        self._by_name[_key(seen.child)].append(seen)
        self._by_number[seen.child.pupil_number.lstrip("0")].append(seen)


def _key(child: Child) -> tuple[frozenset[str], int]:
    """First and last name are often swapped."""
    return frozenset(folded(child.first_name, child.last_name)), child.birth_year


def _shared(here: Seen, there: Seen) -> str:
    if here.child.school_id == there.child.school_id:
        return "même collège"
    return "un responsable du même nom" if here.guardians & there.guardians else ""


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
            self._new[contact].append((person, row))
        yield from sorted(told)

    def _near(self, person: Person, guardians: Iterable[int]) -> Iterator[tuple[Names, str, str]]:
        adults = self._adults
        for pk in guardians:
            if pk in adults.names:
                yield adults.names[pk], f"{adults.called[pk]}", "responsable du même enfant"
        for contact, why in contacts(person.email, person.phone, person.address, person.postcode).items():
            for pk in adults.reached_by.get(contact, ()):
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
