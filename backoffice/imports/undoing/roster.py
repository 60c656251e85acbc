"""What an import of a roster wrote, taken back as far as nothing was built on it.

A child stays who has a wallet, of whom an agent or another import took care since, or whose family came in by
an account that the import made; its guardians stay with it. An account stays that somebody came in by, or was
invited to.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from accounts.models import Beneficiary, Guardianship, School, User
from backoffice.imports import striking_off
from backoffice.imports.plans import Progress
from tickets.models import Order
from wallets.models import Wallet

from .rows import lock, of_those, taken_up
from .undo import Part, Undo


class RosterUndo(Undo):
    restored = Beneficiary

    def lock(self) -> None:
        """The children, then the accounts: a wallet or a visit that comes meanwhile waits."""
        lock(Beneficiary, self.made(Beneficiary) | self.changed)
        lock(User, self.made(User))

    @cached_property
    def _idle_accounts(self) -> set[int]:
        """Of those that were made: nobody came in, was invited, or changed anything."""
        never = User.objects.never_activated().filter(access_code_at=None, email_changed_at=None)
        return {*of_those(never, self.made(User), "pk")} - taken_up(self.job, User, self.made(User))

    @cached_property
    def _children(self) -> set[int]:
        """Those that go."""
        made = self.made(Beneficiary)
        there = {*of_those(Beneficiary.objects.filter(anonymised_at=None), made, "pk")}
        used = self.made(User) - self._idle_accounts
        logins = of_those(Beneficiary.objects.exclude(user=None), there, "pk", "user")
        guarded = of_those(Guardianship.objects, there, "beneficiary", "pk", "user")
        stay = {
            *of_those(Wallet.objects, there, "beneficiary"),
            *taken_up(self.job, Beneficiary, there),
            *(child for child, login in logins if login not in self._idle_accounts),
            *(
                child
                for child, link, guardian in guarded
                if link not in self.made(Guardianship) or guardian in used
            ),
        }
        return there - stay

    @cached_property
    def _links(self) -> set[int]:
        """Those that go: of children who go; of others, unless the guardian acted for them since."""
        made = self.made(Guardianship)
        links = [*of_those(Guardianship.objects, made, "pk", "user", "beneficiary")]
        known = {child for _, _, child in links} - self.made(Beneficiary)
        orders = Order.objects.filter(created_at__gt=striking_off.done_at(self.job))
        acted = {*of_those(orders, known, "wallet__beneficiary", "actor")}
        used = self.made(User) - self._idle_accounts
        return {
            link
            for link, guardian, child in links
            if child in self._children
            or (child in known and (child, guardian) not in acted and guardian not in used)
        }

    @cached_property
    def _accounts(self) -> set[int]:
        """Those that go: idle, and of nobody who stays."""
        idle = self._idle_accounts
        links = of_those(Guardianship.objects, idle, "user", "pk")
        logins = of_those(Beneficiary.objects, idle, "user", "pk")
        stay = {guardian for guardian, link in links if link not in self._links}
        stay |= {
            login
            for login, child in logins
            if child not in self._children and "user_id" not in self.columns.get(child, {})
        }
        return idle - stay

    def rows(self) -> QuerySet[Beneficiary]:
        return Beneficiary.objects.filter(anonymised_at=None, merged_into=None)

    def may_go_back(self, column: str, became: Any) -> bool:
        """A login that somebody came in by stays."""
        return column != "user_id" or became in self._idle_accounts

    @cached_property
    def _schools(self) -> set[str]:
        """Collèges that nobody goes to any more."""
        made = self.made(School)
        left = {
            school
            for school, child in of_those(Beneficiary.objects, made, "school", "pk")
            if child not in self._children and "school_id" not in self.columns.get(child, {})
        }
        return made - left - taken_up(self.job, School, made)

    def parts(self) -> Iterator[Part]:
        struck_off = self.job.struck_off.count()
        again = striking_off.still_so(self.job).count() if struck_off else 0
        for what, done, count, total in (
            ("Enfants créés", "enlevé", len(self._children), len(self.made(Beneficiary))),
            ("Comptes créés", "enlevé", len(self._accounts), len(self.made(User))),
            ("Responsables reliés", "délié", len(self._links), len(self.made(Guardianship))),
            ("Enfants modifiés", "rétabli", len(self.columns), len(self.changed)),
            ("Enfants désinscrits", "réinscrit", again, struck_off),
            ("Collèges créés", "enlevé", len(self._schools), len(self.made(School))),
        ):
            if total:
                yield Part(what, done, count, total - count)

    def going(self) -> list[tuple[type[Model], set[Any]]]:
        return [
            (Guardianship, self._links),
            (Beneficiary, self._children),
            (User, self._accounts),
            (School, self._schools),
        ]

    def write(self, progress: Progress) -> None:
        """Raises striking_off.ListedSince."""
        striking_off.enrol_again(self.job)
        super().write(progress)
