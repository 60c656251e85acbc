"""The roster compared with who is there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from sys import intern
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from accounts import identity
from accounts.erasure import ERASED, erased_numbers
from accounts.models import Beneficiary, EndedGuardianship, Guardianship, School
from backoffice.imports.lines import Alike, Contact
from core.packed_pairs import PackedPairs
from core.spreadsheet_files.cells import read_yes, refuse_misplaced, refuse_no_values
from core.spreadsheet_files.rows import Row, RowRefused
from partners.communes import Communes

from . import guardians, pupils
from .adults import Adults, Link
from .change import OWN_ACCOUNT, Change
from .guardians import Person
from .known import Known
from .leaving import Leaving, who_leaves
from .like_children import Children
from .like_guardians import Guardians
from .mentions import Mentions
from .places import Places
from .pupils import SAID, Child

# A number that Excel rounded is another's, or nobody's.
IDENTIFYING = {"Numéro d’élève", "UAI", "Code INSEE", "Code INSEE du collège"}
READ_AT_ONCE = 5_000
UNREACHABLE = "n’a ni e-mail, ni téléphone, ni adresse\N{NO-BREAK SPACE}: rien pour le joindre."
Added = tuple[Link | Person, ...]
NOBODY = "Un responsable sans nom est laissé de côté."


class Comparison:
    """Who is there, in memory: eighty thousand lines ask the database nothing more."""

    def __init__(self, communes: Communes, *, complete: bool) -> None:
        self._complete = complete
        self._places = Places(communes)
        self._births = pupils.Births()
        self._adults = Adults()
        self.notes: list[tuple[int, str]] = []
        self._today = timezone.localdate()
        self._seen: dict[str, int] = {}
        # By the first line of a number, those that have it too.
        self.again: dict[int, list[int]] = defaultdict(list)
        # Of an account and a column: which line offers what first.
        self._offered: dict[tuple[int, str], tuple[int, str]] = {}
        self._pupils: dict[str, Known] = {}
        columns = ("pk", "user_id", *SAID)
        children = Beneficiary.objects.filter(merged_into=None).order_by("pk").values_list(*columns)
        for pk, user_id, number, *said in children.iterator(chunk_size=READ_AT_ONCE):
            child = Child(number, *map(_shared, said))
            self._pupils[child.pupil_number] = Known(pk, user_id, child)
        self._erased = {number for number in self._pupils if number.startswith(ERASED)}
        # Of who was merged, the number of the one that it is.
        merged = Beneficiary.objects.exclude(merged_into=None)
        self._numbers = dict(merged.values_list("pupil_number", "merged_into__pupil_number"))
        self._mentions = Mentions(self._pupils)
        self._like_adults = Guardians(self._adults)
        self._guardians = _by_child(Guardianship.objects.order_by("pk"))
        self._ended = _by_child(EndedGuardianship.objects.order_by("pk"))
        self._like_children: Children | None = None
        if complete:
            # Every whole list has new ones: they are found meanwhile, as long as its file is opened.
            self._like_children = self._children

    def change(self, row: Row) -> Change:
        """What the line would do. Raises RowRefused."""
        try:
            change = self._change(row)
        except RowRefused:
            if self._complete:
                self._mentions.refused(row)
            raise
        if self._complete:
            self._mentions.read(row)
        return change

    def _change(self, row: Row) -> Change:
        refuse_no_values(row, IDENTIFYING)
        number = self._number(row)
        if number in self._seen:
            self.again[self._seen[number]].append(row.number)
            raise RowRefused(f"C’est le même élève qu’à la ligne {self._seen[number]}.")
        known = self._pupils.get(number)
        # Whatever else is wrong with the line, its child is in the file.
        self._seen[known.child.pupil_number if known else number] = row.number
        if not known and self._erased and not self._erased.isdisjoint(erased_numbers(number)):
            raise RowRefused(
                "Cet enfant a été effacé à la demande de sa famille. Si elle le veut de nouveau, ajoutez-le "
                "à la main."
            )
        if known:
            # One object for both.
            number = known.child.pupil_number
        child = pupils.read_child(number, row.cells, self._places, self._births)
        if known and not child.may_be(known.child):
            raise RowRefused(f"Le numéro {number} est celui d’un autre enfant, {known.child}. Vérifiez-le.")
        self.notes.extend((row.number, note) for note in pupils.notes_on(child, row.cells, self._today))
        self._places.compare(row.number, child.school_id, row.cells)
        added, contacts = self._guardians_of(row, known)
        needs_login = self._wants_login(row) and not (known and known.user_id)
        if known is None and not added and not needs_login:
            raise RowRefused("Il n’y a aucun responsable légal.")
        alike = (
            *self._like_a_child(row.number, child, known, added),
            *self._like_guardians(row, known, added),
        )
        return Change(
            row=row.number,
            child=child,
            known=known,
            edited=child.differing(known.child) if known else (),
            guardians=added,
            needs_login=needs_login,
            called=self._adults.called,
            places=self._places,
            alike=alike,
            contacts=tuple(self._not_yet_offered(row.number, contacts)),
        )

    def _wants_login(self, row: Row) -> bool:
        try:
            return bool(read_yes(row.cells, OWN_ACCOUNT))
        except RowRefused as wrong:
            self.notes.append((row.number, f"{wrong} Laissée de côté."))
            return False

    def _number(self, row: Row) -> str:
        """Raises RowRefused."""
        said = _pupil_number(row.cells["Numéro d’élève"])
        number = self._numbers.get(said, said)
        if number != said:
            self.notes.append(
                (row.number, f"{said} est le numéro d’une fiche fusionnée, maintenant {number}.")
            )
        return number

    def _like_a_child(self, row: int, child: Child, known: Known | None, added: Added) -> Iterator[Alike]:
        if not known:
            names = [it.names if isinstance(it, Person) else self._adults.names[it.pk] for it in added]
            yield from self._children.like(row, child, names)

    def _like_guardians(self, row: Row, known: Known | None, added: Added) -> Iterator[Alike]:
        has = [*self._guardians.of(known.pk)] if known else []
        for person in added:
            if isinstance(person, Person):
                yield from self._like_adults.like(row.number, person, has)

    @property
    def _children(self) -> Children:
        """Where no line makes a child, none is compared."""
        if self._like_children is None:
            self._like_children = Children(self._pupils, self._guardians, self._adults)
        return self._like_children

    def _not_yet_offered(self, line: int, contacts: Iterable[Contact]) -> Iterator[Contact]:
        """Brothers and sisters have one mother, whose address is offered once."""
        for contact in contacts:
            account, called, after = contact.account, contact.called, contact.after
            first, said = self._offered.setdefault((account, contact.field), (line, after))
            nbsp = "\N{NO-BREAK SPACE}"
            if account in self._adults.closed:
                told = f"Du compte {called}, rien n’est changé{nbsp}: le fichier dit {after}."
                self.notes.append((line, told))
            elif (first, said) == (line, after):
                yield contact
            elif said != after:
                told = f"{called}{nbsp}: la ligne {first} dit {said}, et celle-ci {after}."
                self.notes.append((line, told))

    def _guardians_of(self, row: Row, known: Known | None) -> tuple[Added, list[Contact]]:
        """Those that the child does not have yet, and what the line says otherwise of accounts.

        One that an agent took away stays away, and is noted.
        """
        has = [*self._guardians.of(known.pk)] if known else []
        ended = [*self._ended.of(known.pk)] if known else []
        names_of_ended = {self._adults.names.get(pk) for pk in ended}
        named: dict[int | Person, Link | Person] = {}
        contacts: list[Contact] = []
        for person in guardians.read_guardians(row.cells):
            if person.is_nobody:
                refuse_misplaced(row, NOBODY)
                self.notes.append((row.number, NOBODY))
                continue
            for note in person.notes:
                refuse_misplaced(row, note)
                self.notes.append((row.number, note))
            found = self._adults.find(person, has)
            guardian = found.pk if isinstance(found, Link) else found
            if guardian in ended or (guardian not in has and {person.names, person.written} & names_of_ended):
                self.notes.append((row.number, f"{person}, retiré par un agent, n’est pas remis."))
                continue
            if guardian in named:
                raise RowRefused("Les deux responsables sont la même personne.")
            named[guardian] = found
            if found is person and person.is_unreachable:
                self.notes.append((row.number, f"{person} {UNREACHABLE}"))
            if isinstance(guardian, int):
                contacts.extend(self._adults.differing(guardian, person))
        return tuple(found for guardian, found in named.items() if guardian not in has), contacts

    def leaving(self, by_line: list[Known], spared: Collection[int] = ()) -> Leaving:
        """A line that is refused names its child all the same. `spared` are who an agent says is in the file
        under another number.
        """
        called, is_complete = self._places.called(), self._complete
        return who_leaves(
            self._pupils,
            self._seen,
            self._mentions,
            called,
            by_line=by_line,
            spared=spared,
            is_complete=is_complete,
        )

    def every_note(self) -> list[tuple[int, str]]:
        return [*self.notes, *self._places.notes()]

    def schools_for(self, changes: Iterable[Change]) -> list[School]:
        """The new collèges that a line needs which is not refused."""
        needed = {change.child.school_id for change in changes}
        return [school for uai, school in self._places.new_schools.items() if uai in needed]


def _pupil_number(cell: str) -> str:
    """Raises RowRefused."""
    if not cell:
        raise RowRefused("Le numéro d’élève manque.")
    # A quote that says « this is text » to a spreadsheet comes along with some exports.
    number = identity.pupil_number(cell.removeprefix("'"))
    try:
        identity.check_pupil_number(number)
    except ValidationError as wrong:
        raise RowRefused(wrong.message) from wrong
    return number


def _by_child(guardianships: QuerySet[Guardianship] | QuerySet[EndedGuardianship]) -> PackedPairs:
    pairs = guardianships.values_list("beneficiary", "user")
    return PackedPairs(pairs.iterator(chunk_size=READ_AT_ONCE))


def _shared(value: Any) -> Any:
    """Names, towns, levels: a hundred thousand children share some thousands."""
    return intern(value) if isinstance(value, str) else value
