"""The changes of a roster, written."""

from collections.abc import Sequence
from operator import attrgetter
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from accounts import mail_choices
from accounts.models import Beneficiary, Guardianship, User
from accounts.usernames import Usernames
from backoffice.imports.written import Written
from core import bulk_copy

from .adults import Link
from .change import Change
from .guardians import Person
from .known import Known
from .pupils import SAID, Child

_columns = attrgetter(*SAID)
# The fields that they are of.
SAID_COLUMNS = tuple(name.removesuffix("_id") for name in SAID)


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
        accounts, by_line = self._new_accounts(changes)
        made(
            bulk_copy.create(User, [*accounts.values(), *logins.values()]),
            [*by_line.values(), *(change.row for change in logins)],
        )
        self._accounts |= {person: account.pk for person, account in accounts.items()}
        new = {it: _beneficiary(it.child, logins.get(it)) for it in changes if not it.known}
        made(bulk_copy.create(Beneficiary, [*new.values()]), [it.row for it in new])
        keys = {it: it.known.pk if it.known else new[it].pk for it in changes}
        self._change_known(changes, logins)
        guardianships = [
            Guardianship(user_id=self._pk_of(guardian), beneficiary_id=keys[it])
            for it in changes
            for guardian in it.guardians
        ]
        made(bulk_copy.create(Guardianship, guardianships), [it.row for it in changes for _ in it.guardians])

    def _change_known(self, changes: list[Change], logins: dict[Change, User]) -> None:
        """A login that a guardian made meanwhile stays: its column is written where there is a new one."""
        edited: list[Sequence[Any]] = []
        with_login: list[Sequence[Any]] = []
        for change in changes:
            if not (known := change.known):
                continue
            if login := logins.get(change):
                with_login.append((known.pk, *_columns(change.child), login.pk))
            elif change.edited:
                edited.append((known.pk, *_columns(change.child)))
            self._note_change(change, known, login)
        bulk_copy.update(Beneficiary, SAID_COLUMNS, edited)
        bulk_copy.update(Beneficiary, (*SAID_COLUMNS, "user"), with_login)

    def _note_change(self, change: Change, known: Known, login: User | None) -> None:
        was, now = known.child, change.child
        differing = {name: (getattr(was, name), getattr(now, name)) for name in change.edited}
        if login:
            differing["user_id"] = (None, login.pk)
        self._written.changed(Beneficiary, known.pk, differing, change.row)

    def _new_accounts(self, changes: list[Change]) -> tuple[dict[Person, User], dict[Person, int]]:
        """One for each person that has none yet, however many lines name it; and which line does first."""
        accounts: dict[Person, User] = {}
        by_line: dict[Person, int] = {}
        for change in changes:
            for person in change.guardians:
                if isinstance(person, Person) and not (person in self._accounts or person in accounts):
                    username = self._usernames.take(person.first_name, person.last_name)
                    accounts[person] = _without_password(person.account(username))
                    by_line[person] = change.row
        return accounts, by_line

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


def _beneficiary(child: Child, login: User | None) -> Beneficiary:
    return Beneficiary(**dict(zip(SAID, _columns(child), strict=True)), user=login)


def _without_password(user: User) -> User:
    # As `set_unusable_password`, which asks the system forty times for a letter.
    user.password = f"{UNUSABLE_PASSWORD_PREFIX}{token_urlsafe(30)}"
    return user
