"""The school roster: children, their collège and class, their guardians, and the accounts they need.

A child is known by its pupil number, and by nothing else: homonyms and twins are two. Nothing is ever
removed; only where the agent says that the file is the whole list, who is not in it is no longer enrolled.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cached_property
from itertools import islice
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts import identity
from accounts.erasure import erased_numbers
from accounts.models import Beneficiary, EndedGuardianship, Guardianship, School, User
from accounts.usernames import Usernames
from backoffice.leaving import Known, Leaving, Mentions, who_leaves
from backoffice.likeness import Children, Guardians
from core.formats import counted_in_french

from . import guardians, pupils
from .guardians import Adults, Link, Person
from .plans import Plan, Progress, compare
from .pupils import SAID, Child, Places
from .reading import Row, RowRefused, read_yes, refuse_no_values

OWN_ACCOUNT = "Compte de l’élève"
# A number that Excel rounded is another's, or nobody's.
IDENTIFYING = {
    *("Numéro d’élève", "UAI", "Code INSEE", "Code INSEE du collège"),
    *(
        f"Responsable {place} {column}"
        for place in guardians.PLACES
        for column in ("téléphone", "code postal")
    ),
}
READ_AT_ONCE = 5_000
WRITTEN_AT_ONCE = 2_000

Item = TypeVar("Item")


@dataclass(slots=True, eq=False)
class Change:
    """One child as the file wants it, and what is missing: guardians, a login of its own."""

    row: int
    child: Child
    known: Known | None
    differing: list[str]
    guardians: list[Link | Person]
    needs_login: bool
    # Of every account there is (Adults.called).
    called: Mapping[int, str]
    # Whom the child, or a guardian that it makes, is like.
    alike: list[str]

    @property
    def is_new(self) -> bool:
        return self.known is None

    @property
    def struck_off(self) -> Known | None:
        """The child, if it is enrolled and the line says « non »."""
        is_enrolled = self.known is not None and self.known.child.is_enrolled
        return self.known if is_enrolled and not self.child.is_enrolled else None

    @property
    def links(self) -> Iterator[tuple[int, str, str]]:
        """The accounts that were there before, and what proved that each is meant."""
        for guardian in self.guardians:
            if isinstance(guardian, Link):
                yield self.row, self.name, f"{self.called[guardian.pk]}, {guardian.proof}"

    @property
    def name(self) -> str:
        return str(self.child)

    @property
    def told(self) -> str:
        """Whom the child is entrusted to is an agent's to check: each account that is linked is named."""
        added = [
            f"responsable légal {guardian} (compte nouveau)"
            if isinstance(guardian, Person)
            else f"responsable légal relié au compte {self.called[guardian.pk]}"
            for guardian in self.guardians
        ]
        return ", ".join([*self.differing, *added, *(["un compte pour l’élève"] if self.needs_login else [])])


class Roster:
    """The importer. `communes`: the INSEE code of each name in the territory, which another app knows."""

    columns = (*pupils.COLUMNS, OWN_ACCOUNT, *guardians.COLUMNS)
    required = ("Numéro d’élève", "Nom", "Prénom", "Naissance", "Niveau", "UAI", "Commune")
    cells_are = (
        "Une naissance s’écrit 2014 ou 31/12/2014, un niveau 6e, un UAI 0920001X. Inscrit, Compte de l’élève "
        "disent oui ou non. Un responsable a un identifiant, ou un nom, un prénom et de quoi le joindre."
    )

    def __init__(self, communes: Mapping[str, str], *, complete: bool) -> None:
        self._communes = communes
        self._complete = complete

    def plan(self, content: bytes, progress: Progress) -> Plan[Change]:
        """Compare the file with who is there, and write nothing. Raises NotReadable."""
        self._comparison = comparison = _Comparison(self._communes, complete=self._complete)
        plan = compare(self, content, comparison.change, progress)
        plan.notes = comparison.notes
        plan.links = [link for change in plan.changes for link in change.links]
        plan.likenesses = [
            (change.row, change.name, alike) for change in plan.changes for alike in change.alike
        ]
        if new := comparison.schools_for(plan.changes):
            plan.new_names["Collèges nouveaux"] = [f"{school} ({school.uai})" for school in new]
        by_line = [known for change in plan.changed if (known := change.struck_off)]
        if self._complete or by_line:
            leaving = comparison.leaving(by_line)
            plan.notes.extend(leaving.notes())
            plan.leaving = leaving.report()
            if plan.leaving["count"]:
                plan.besides = counted_in_french(plan.leaving["count"], "désinscrit")
        return plan

    def apply(self, content: bytes, progress: Progress, *, as_read: str = "") -> Plan[Change]:
        """Do what the plan says of who is there by now, in the caller's transaction.

        Raises NotReadable, PlanChanged.
        """
        plan = self.plan(content, progress)
        plan.refuse_unless(as_read)
        School.objects.bulk_create(self._comparison.schools_for(plan.changes))
        writer, written = _Writer(), 0
        for changes in _batches(plan.changes):
            writer.write(changes)
            written += len(changes)
            progress(written, len(plan.changes))
        for leaving in _batches(plan.leaving.get("ids", [])):
            Beneficiary.objects.filter(pk__in=leaving).update(is_enrolled=False)
        return plan


class _Comparison:
    """Who is there, in memory: eighty thousand lines ask the database nothing more."""

    def __init__(self, communes: Mapping[str, str], *, complete: bool) -> None:
        self._complete = complete
        self._places = Places(communes)
        self._adults = Adults()
        self.notes: list[tuple[int, str]] = []
        self._seen: dict[str, int] = {}
        self._pupils: dict[str, Known] = {}
        columns = ("pk", "public_id", "user_id", *SAID)
        children = Beneficiary.objects.order_by("pk").values_list(*columns)
        for pk, public_id, user_id, *said in children.iterator(chunk_size=READ_AT_ONCE):
            child = Child(*said)
            self._pupils[child.pupil_number] = Known(pk, public_id, user_id, child)
        self._mentions = Mentions(self._pupils)
        self._like_adults = Guardians(self._adults)
        self._guardians = _by_child(Guardianship.objects.order_by("pk"))
        self._ended = _by_child(EndedGuardianship.objects.order_by("pk"))

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
        number = _pupil_number(row.cells["Numéro d’élève"])
        if number in self._seen:
            raise RowRefused(f"C’est le même élève qu’à la ligne {self._seen[number]}.")
        # Whatever else is wrong with the line, its child is in the file.
        self._seen[number] = row.number
        known = self._pupils.get(number)
        if not known and any(erased in self._pupils for erased in erased_numbers(number)):
            raise RowRefused(
                "Cet enfant a été effacé à la demande de sa famille. Si elle le veut de nouveau, ajoutez-le "
                "à la main."
            )
        child = pupils.read_child(number, row.cells, self._places)
        if known and not child.may_be(known.child):
            raise RowRefused(f"Le numéro {number} est celui d’un autre enfant, {known.child}. Vérifiez-le.")
        added = self._new_guardians(row, known)
        needs_login = bool(read_yes(row.cells, OWN_ACCOUNT)) and not (known and known.user_id)
        if known is None and not added and not needs_login:
            raise RowRefused("Il n’y a aucun responsable légal.")
        differing = child.differing(known.child) if known else []
        alike = [
            *self._like_a_child(row.number, child, known, added),
            *self._like_guardians(row, known, added),
        ]
        return Change(row.number, child, known, differing, added, needs_login, self._adults.called, alike)

    def _like_a_child(
        self, row: int, child: Child, known: Known | None, added: list[Link | Person]
    ) -> Iterator[str]:
        if not known:
            names = [it.names if isinstance(it, Person) else self._adults.names[it.pk] for it in added]
            yield from self._children.like(row, child, names)

    def _like_guardians(self, row: Row, known: Known | None, added: list[Link | Person]) -> Iterator[str]:
        has = self._guardians[known.pk] if known else []
        for person in added:
            if isinstance(person, Person):
                yield from self._like_adults.like(row.number, person, has)

    @cached_property
    def _children(self) -> Children:
        """Where no line makes a child, none is compared."""
        return Children(self._pupils, self._guardians, self._adults)

    def _new_guardians(self, row: Row, known: Known | None) -> list[Link | Person]:
        """Those that the child does not have yet. One that an agent took away stays away, and is noted."""
        has = self._guardians[known.pk] if known else []
        ended = self._ended[known.pk] if known else []
        names_of_ended = [self._adults.names.get(pk) for pk in ended]
        named: dict[int | Person, Link | Person] = {}
        for person in guardians.read_guardians(row.cells):
            if person.noted:
                self.notes.append((row.number, person.noted))
            found = self._adults.find(person, has)
            guardian = found.pk if isinstance(found, Link) else found
            if guardian in ended or (guardian not in has and person.names in names_of_ended):
                self.notes.append((row.number, f"{person}, retiré par un agent, n’est pas remis."))
                continue
            if guardian in named:
                raise RowRefused("Les deux responsables sont la même personne.")
            named[guardian] = found
            if isinstance(guardian, int):
                self.notes.extend((row.number, told) for told in self._adults.differing(guardian, person))
        return [found for guardian, found in named.items() if guardian not in has]

    def leaving(self, by_line: list[Known]) -> Leaving:
        """A line that is refused names its child all the same."""
        called, is_complete = self._places.called(), self._complete
        return who_leaves(
            self._pupils, self._seen, self._mentions, called, by_line=by_line, is_complete=is_complete
        )

    def schools_for(self, changes: Iterable[Change]) -> list[School]:
        """The new collèges that a line needs which is not refused."""
        needed = {change.child.school_id for change in changes}
        return [school for uai, school in self._places.new_schools.items() if uai in needed]


class _Writer:
    """Some thousands of lines at a time, in a handful of statements."""

    def __init__(self) -> None:
        self._usernames = Usernames(User.objects.values_list("username", flat=True).iterator())
        self._accounts: dict[Person, User] = {}

    def write(self, changes: list[Change]) -> None:
        """The accounts first, then the children, then who acts for whom."""
        logins = {change: self._login(change.child) for change in changes if change.needs_login}
        User.objects.bulk_create([*self._new_accounts(changes), *logins.values()])
        children = {change: _beneficiary(change, logins.get(change)) for change in changes}
        Beneficiary.objects.bulk_create([children[change] for change in changes if not change.known])
        # A login that a guardian made meanwhile stays: the column is written only where there is a new one.
        for columns, with_login in ((SAID, False), ((*SAID, "user"), True)):
            known = [children[it] for it in changes if it.known and it.needs_login == with_login]
            Beneficiary.objects.bulk_create(
                known, update_conflicts=True, unique_fields=["pk"], update_fields=columns
            )
        Guardianship.objects.bulk_create(
            Guardianship(user_id=self._pk_of(guardian), beneficiary=children[change])
            for change in changes
            for guardian in change.guardians
        )

    def _new_accounts(self, changes: list[Change]) -> Iterator[User]:
        """One for each person that has none yet, however many lines name it."""
        for change in changes:
            for person in change.guardians:
                if isinstance(person, Person) and person not in self._accounts:
                    username = self._usernames.take(person.first_name, person.last_name)
                    self._accounts[person] = _without_password(person.account(username))
                    yield self._accounts[person]

    def _login(self, child: Child) -> User:
        username = self._usernames.take(child.first_name, child.last_name)
        return _without_password(
            User(username=username, first_name=child.first_name, last_name=child.last_name)
        )

    def _pk_of(self, guardian: Link | Person) -> int:
        return self._accounts[guardian].pk if isinstance(guardian, Person) else guardian.pk


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


def _beneficiary(change: Change, login: User | None) -> Beneficiary:
    row = Beneficiary(**dict(zip(SAID, astuple(change.child), strict=True)), user=login)
    if known := change.known:
        row.pk, row.public_id = known.pk, known.public_id
    return row


def _without_password(user: User) -> User:
    user.set_unusable_password()
    return user


def _by_child(guardianships: QuerySet[Guardianship] | QuerySet[EndedGuardianship]) -> dict[int, list[int]]:
    adults: dict[int, list[int]] = defaultdict(list)
    pairs = guardianships.values_list("beneficiary", "user")
    for child, adult in pairs.iterator(chunk_size=READ_AT_ONCE):
        adults[child].append(adult)
    return adults


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, WRITTEN_AT_ONCE)):
        yield batch
