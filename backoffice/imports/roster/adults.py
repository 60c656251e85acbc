"""Who a guardian that a school names is: an account that is there already, or a new one.

What proves it is said in `accounts.identity`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from accounts.identity import Names, digits_of, folded, same_by_email
from accounts.models import User
from backoffice.imports.lines import Contact
from core.groups import Groups
from core.packed_pairs import PackedPairs
from core.spreadsheet_files.rows import RowRefused

from .contacts import contacts, contradicts, differs
from .guardians import Person

# PostgreSQL holds none, and `typed_text` lets none in.
BETWEEN = "\0"


@dataclass(frozen=True, slots=True)
class Link:
    """An account that is there, and what proved that it is meant."""

    pk: int
    proof: str


class Called(Mapping[int, str]):
    """Accounts as an agent reads them, worded when they are read: most are not."""

    def __init__(self) -> None:
        # Identifiant, first and last name, e-mail, telephone: five texts for each would take thrice as much.
        self._rows: dict[int, str] = {}
        self.closed: set[int] = set()

    def add(self, pk: int, row: tuple[str, str, str, str, str], *, is_open: bool) -> None:
        self._rows[pk] = BETWEEN.join(row)
        if not is_open:
            self.closed.add(pk)

    def _row(self, pk: int) -> list[str]:
        return self._rows[pk].split(BETWEEN)

    def __contains__(self, pk: object) -> bool:
        return pk in self._rows

    def username(self, pk: int) -> str:
        return self._row(pk)[0]

    def names(self, pk: int) -> tuple[str, str]:
        """First and last."""
        _, first, last, *_ = self._row(pk)
        return first, last

    def contacts(self, pk: int) -> tuple[str, str]:
        """E-mail and telephone, for a file that says otherwise."""
        *_, email, phone = self._row(pk)
        return email, phone

    def __getitem__(self, pk: int) -> str:
        username, first_name, last_name, *_ = self._row(pk)
        account = f"{username}, fermé" if pk in self.closed else username
        name = f"{first_name} {last_name}".strip()
        return f"{account} ({name})" if name else account

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Folded(Mapping[int, Names]):
    """Their names as they are compared: of a hundred thousand, the few that are asked for."""

    def __init__(self, called: Called) -> None:
        self._called = called

    def __contains__(self, pk: object) -> bool:
        return pk in self._called

    def __getitem__(self, pk: int) -> Names:
        return folded(*self._called.names(pk))

    def __iter__(self) -> Iterator[int]:
        return iter(self._called)

    def __len__(self) -> int:
        return len(self._called)


class Adults:
    """The accounts of families that are not a child's. Closed ones too: nobody comes in by a second one."""

    def __init__(self) -> None:
        # As the agent reads who is linked.
        self.called = Called()
        self.names = Folded(self.called)
        # What those are called who were merged into it, and their addresses.
        self._also: dict[int, set[Names]] = defaultdict(set)
        self._merged_reached_by = Groups[int]()
        self._merged_usernames: dict[str, int] = {}
        self._confirmed: dict[int, str] = {}
        self.closed = self.called.closed
        self._new: dict[tuple[Names, str], list[Person]] = defaultdict(list)
        # By digests of `contacts`: to link an account, its own address decides.
        self.reached_by = PackedPairs(self._read())
        self._read_merged()

    def _read(self) -> Iterator[tuple[int, int]]:
        """Fills what is known of each; of each way to reach somebody the digest, and whom."""
        families = User.objects.filter(
            is_staff=False, beneficiary=None, anonymised_at=None, merged_into=None
        ).order_by("pk")
        columns = (
            *("pk", "username", "is_active", "first_name", "last_name", "email", "email_confirmed_at"),
            *("phone", "address", "postcode"),
        )
        rows = families.values_list(*columns).iterator(chunk_size=5_000)
        for pk, username, is_open, first, last, email, confirmed_at, phone, address, postcode in rows:
            self.called.add(pk, (username, first, last, email, phone), is_open=is_open)
            if email and confirmed_at:
                self._confirmed[pk] = email
            for contact in contacts(email, phone, address, postcode):
                yield contact, pk

    def _read_merged(self) -> None:
        """Who was merged is known by what it was called, as the account that it leads to."""
        merged = User.objects.exclude(merged_into=None).order_by("pk")
        for kept, username, first, last, email in merged.values_list(
            "merged_into", "username", "first_name", "last_name", "email"
        ):
            if kept is None or kept not in self.names:
                continue
            self._merged_usernames[username] = kept
            self._also[kept].add(folded(first, last))
            if email:
                self._merged_reached_by.add(email.lower(), kept)

    @cached_property
    def _by_username(self) -> dict[str, int]:
        """Most lists give none."""
        return {self.called.username(pk): pk for pk in self.called} | self._merged_usernames

    def _reached(self, email: str) -> Iterable[int]:
        """`email` in small letters."""
        own = (pk for pk in self.reached_by.of(hash(email)) if self.called.contacts(pk)[0].lower() == email)
        return dict.fromkeys((*own, *self._merged_reached_by.of(email)))

    def find(self, person: Person, guardians: Collection[int]) -> Link | Person:
        """The account, or the person that a new one is for. `guardians` are those the child has.

        Raises RowRefused.
        """
        if person.username:
            return Link(self._named(person, guardians), "par son identifiant")
        for pk in guardians:
            if {person.names, person.written} & self._names_of(pk):
                return Link(pk, "déjà responsable")
        proved = [pk for pk in self._reached(person.email.lower()) if self._is(pk, person)]
        if len(proved) > 1:
            raise RowRefused(f"Plusieurs comptes ont l’adresse {person.email}. Donnez l’identifiant du bon.")
        if proved:
            confirmed = self._has_confirmed(proved[0], person)
            proof = "adresse e-mail confirmée" if confirmed else "nom et son adresse e-mail"
            return Link(proved[0], f"par son {proof}")
        return self._new_one(person)

    def _new_one(self, person: Person) -> Person:
        """The same for two lines: the school itself writes its name, and one e-mail address or telephone.

        Two addresses are two people, whatever else they share.
        """
        contacts = [contact for contact in (person.email.lower(), digits_of(person.phone)) if contact]
        written = [self._new[person.names, contact] for contact in contacts]
        same = (it for known in written for it in known if not contradicts(it.email, person.email))
        one = next(same, person)
        one.email = one.email or person.email
        for known in written:
            if one not in known:
                known.append(one)
        return one

    def _named(self, person: Person, guardians: Collection[int]) -> int:
        pk = self._by_username.get(person.username)
        if pk is None:
            raise RowRefused(f"Aucun compte de famille n’a l’identifiant {person.username}.")
        named = {name for names in self._names_of(pk) for name in names}
        if person.first_name and person.last_name and not {*person.names} & named:
            raise RowRefused(f"L’identifiant {person.username} est celui de quelqu’un d’autre. Vérifiez-le.")
        if pk not in guardians and contradicts(self._confirmed.get(pk, ""), person.email):
            raise RowRefused(
                f"Le compte {person.username} a confirmé une autre adresse que {person.email}. Vérifiez "
                "l’identifiant\N{NO-BREAK SPACE}; si c’est le bon, videz la case de l’e-mail."
            )
        return pk

    def _is(self, pk: int, person: Person) -> bool:
        confirmed = self._has_confirmed(pk, person)
        # « M. NGUYEN » is shown beside « NGUYEN », unless its owner confirmed the address.
        names = person.names if confirmed else person.written
        return any(same_by_email(it, names, confirmed=confirmed) for it in self._names_of(pk))

    def _has_confirmed(self, pk: int, person: Person) -> bool:
        """This very address: that of who was merged into it proves less."""
        return self._confirmed.get(pk, "").lower() == person.email.lower() != ""

    def _names_of(self, pk: int) -> set[Names]:
        own = {self.names[pk]} if pk in self.names else set()
        return own | self._also.get(pk, set())

    def differing(self, pk: int, person: Person) -> Iterator[Contact]:
        """What the file says of an account otherwise than the account. An agent may ask for it."""
        email, phone = self.called.contacts(pk)
        if differs(email.lower(), person.email.lower()):
            is_confirmed = pk in self._confirmed
            yield Contact(pk, self.called[pk], "email", email, person.email, is_confirmed=is_confirmed)
        if differs(digits_of(phone), digits_of(person.phone)):
            yield Contact(pk, self.called[pk], "phone", phone, person.phone)
