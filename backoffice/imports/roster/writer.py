"""The changes of a roster, written."""

from operator import attrgetter

from accounts import mail_choices
from accounts.models import Beneficiary, Guardianship, User
from accounts.usernames import Usernames
from backoffice.imports.written import Written

from .adults import Link
from .change import Change
from .guardians import Person
from .pupils import SAID, Child

_columns = attrgetter(*SAID)


class Writer:
    """Some thousands of lines at a time, in a handful of statements."""

    def __init__(self, written: Written) -> None:
        self._written = written
        self._usernames = Usernames(User.objects.values_list("username", flat=True).iterator())
        # By their keys: the rows themselves would take the memory of all the rest.
        self._accounts: dict[Person, int] = {}

    def write(self, changes: list[Change]) -> None:
        """The accounts first, then the children, then who acts for whom."""
        logins = {change: self._login(change.child) for change in changes if change.needs_login}
        made = self._written.made
        accounts = self._new_accounts(changes)
        made(User.objects.bulk_create([*accounts.values(), *logins.values()]))
        self._accounts |= {person: account.pk for person, account in accounts.items()}
        children = {change: _beneficiary(change, logins.get(change)) for change in changes}
        made(Beneficiary.objects.bulk_create([children[change] for change in changes if not change.known]))
        # A login that a guardian made meanwhile stays: the column is written only where there is a new one.
        for columns, with_login in ((SAID, False), ((*SAID, "user"), True)):
            known = [children[it] for it in changes if it.known and it.needs_login == with_login]
            Beneficiary.objects.bulk_create(
                known, update_conflicts=True, unique_fields=["pk"], update_fields=columns
            )
        for change in changes:
            self._note_change(change, logins.get(change))
        made(
            Guardianship.objects.bulk_create(
                Guardianship(user_id=self._pk_of(guardian), beneficiary=children[change])
                for change in changes
                for guardian in change.guardians
            )
        )

    def _note_change(self, change: Change, login: User | None) -> None:
        if known := change.known:
            columns = zip(SAID, _columns(known.child), _columns(change.child), strict=True)
            differing = {name: (was, now) for name, was, now in columns if was != now}
            if login:
                differing["user_id"] = (None, login.pk)
            self._written.changed(Beneficiary, known.pk, differing)

    def _new_accounts(self, changes: list[Change]) -> dict[Person, User]:
        """One for each person that has none yet, however many lines name it."""
        accounts: dict[Person, User] = {}
        for change in changes:
            for person in change.guardians:
                if isinstance(person, Person) and not (person in self._accounts or person in accounts):
                    username = self._usernames.take(person.first_name, person.last_name)
                    accounts[person] = _without_password(person.account(username))
        return accounts

    def _login(self, child: Child) -> User:
        username = self._usernames.take(child.first_name, child.last_name)
        return _without_password(
            User(
                username=username,
                first_name=child.first_name,
                last_name=child.last_name,
                **mail_choices.NONE,
            )
        )

    def _pk_of(self, guardian: Link | Person) -> int:
        return self._accounts[guardian] if isinstance(guardian, Person) else guardian.pk


def _beneficiary(change: Change, login: User | None) -> Beneficiary:
    row = Beneficiary(**dict(zip(SAID, _columns(change.child), strict=True)), user=login)
    if known := change.known:
        row.pk, row.public_id = known.pk, known.public_id
    return row


def _without_password(user: User) -> User:
    user.set_unusable_password()
    return user
