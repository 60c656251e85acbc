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
from core.keyed_rows import of_those
from tickets.models import Order
from wallets.models import Wallet

from . import reasons
from .rows import lock, taken_up
from .undo import Part, Reasons, Undo, left


class RosterUndo(Undo):
    restored = Beneficiary

    def lock(self) -> None:
        """The children, then the accounts: a wallet or a visit that comes meanwhile waits."""
        lock(Beneficiary, self.made(Beneficiary) | self.changed)
        lock(User, self.made(User))

    @cached_property
    def _used_accounts(self) -> Reasons:
        """Of those that were made: somebody came in, was invited, or changed something."""
        made = self.made(User)
        never = User.objects.never_activated().filter(access_code_at=None, email_changed_at=None)
        came_in = made - {*of_those(never, made, "pk")}
        return (
            taken_up(self.job, User, made)
            | dict.fromkeys(came_in, reasons.CAME_IN)
            | self.gone_or_merged(User.objects, made)
        )

    @cached_property
    def _idle(self) -> set[int]:
        return self.made(User) - self._used_accounts.keys()

    @cached_property
    def _stay(self) -> Reasons:
        """Children."""
        made, used = self.made(Beneficiary), self._used_accounts.keys()
        logins = of_those(Beneficiary.objects.exclude(user=None), made, "pk", "user")
        guarded = [*of_those(Guardianship.objects, made, "beneficiary", "pk", "user")]
        others = (child for child, link, _ in guarded if link not in self.made(Guardianship))
        family = [child for child, _, guardian in guarded if guardian in used]
        family += (child for child, login in logins if login not in self._idle)
        return (
            taken_up(self.job, Beneficiary, made)
            | dict.fromkeys(others, reasons.OF_ANOTHER)
            | dict.fromkeys(family, reasons.OF_FAMILY)
            | dict.fromkeys(of_those(Wallet.objects, made, "beneficiary"), reasons.OF_WALLET)
            | self._nobody(made)
        )

    @cached_property
    def _children(self) -> set[int]:
        """Those that go."""
        return self.made(Beneficiary) - self._stay.keys()

    @cached_property
    def _links_there(self) -> dict[int, tuple[int, int]]:
        """By the link, its guardian and its child."""
        links = of_those(Guardianship.objects, self.made(Guardianship), "pk", "user", "beneficiary")
        return {link: (guardian, child) for link, guardian, child in links}

    @cached_property
    def _held_links(self) -> Reasons:
        """Of children who were there before: the guardian acted for them since, or came in."""
        known = {child for _, child in self._links_there.values()} - self.made(Beneficiary)
        orders = Order.objects.filter(created_at__gt=striking_off.done_at(self.job))
        acted = {*of_those(orders, known, "wallet__beneficiary", "actor")}
        used = self._used_accounts.keys()
        of_known = {link: pair for link, pair in self._links_there.items() if pair[1] in known}
        return {
            link: reasons.ACTED if (child, guardian) in acted else reasons.CAME_IN
            for link, (guardian, child) in of_known.items()
            if (child, guardian) in acted or guardian in used
        }

    @cached_property
    def _links(self) -> set[int]:
        """Those that go: of children who go; of others, unless the guardian is held."""
        stay = self.made(Beneficiary) - self._children
        going = {link for link, (_, child) in self._links_there.items() if child not in stay}
        return going - self._held_links.keys()

    @cached_property
    def _accounts(self) -> set[int]:
        """Those that go: idle, and of nobody who stays."""
        links = of_those(Guardianship.objects, self._idle, "user", "pk")
        logins = of_those(Beneficiary.objects, self._idle, "user", "pk")
        stay = {guardian for guardian, link in links if link not in self._links}
        stay |= {
            login
            for login, child in logins
            if child not in self._children and "user_id" not in self.columns.get(child, {})
        }
        return self._idle - stay

    def rows(self) -> QuerySet[Beneficiary]:
        return Beneficiary.objects.filter(anonymised_at=None, merged_into=None)

    def may_go_back(self, column: str, became: Any) -> bool:
        """A login that somebody came in by stays."""
        return column != "user_id" or became in self._idle

    @cached_property
    def _kept_schools(self) -> Reasons:
        made = self.made(School)
        attended = {
            school
            for school, child in of_those(Beneficiary.objects, made, "school", "pk")
            if child not in self._children and "school_id" not in self.columns.get(child, {})
        }
        return taken_up(self.job, School, made) | dict.fromkeys(attended, reasons.OF_PUPILS)

    @property
    def _schools(self) -> set[str]:
        """Collèges that nobody goes to any more."""
        return self.made(School) - self._kept_schools.keys()

    def parts(self) -> Iterator[Part]:
        for part in (*self._made_parts(), *self._changed_parts()):
            if part.count or part.stays:
                yield part

    def _made_parts(self) -> Iterator[Part]:
        children, accounts, links = self._children, self._accounts, self._links
        stay = left(self.made(Beneficiary) - children, self._stay)
        yield Part("Enfants créés", "enfant", "enlevé", Beneficiary, len(children), stay)
        stay = left(self.made(User) - accounts, self._used_accounts, else_=reasons.OF_CHILD)
        yield Part("Comptes créés", "compte", "enlevé", User, len(accounts), stay)
        gone = dict.fromkeys(self.made(Guardianship) - self._links_there.keys(), reasons.UNLINKED)
        stay = left(self.made(Guardianship) - links, self._held_links | gone, else_=reasons.OF_CHILD)
        yield Part("Responsables reliés", "responsable", "délié", Guardianship, len(links), stay)
        yield Part("Collèges créés", "", "enlevé", School, len(self._schools), self._kept_schools)

    def _changed_parts(self) -> Iterator[Part]:
        unlike = self.changed - self.columns.keys()
        stay = left(unlike, taken_up(self.job, Beneficiary, unlike) | self._nobody(unlike))
        yield Part("Enfants modifiés", "modification", "rétabli", Beneficiary, len(self.columns), stay)
        struck_off = {*self.job.struck_off.values_list("beneficiary", flat=True)}
        again = {*striking_off.still_so(self.job).values_list("pk", flat=True)} if struck_off else set()
        decided = struck_off - again
        why = taken_up(self.job, Beneficiary, decided) | self._nobody(decided)
        stay = left(decided, why, else_=reasons.ENROLLED)
        yield Part("Enfants désinscrits", "", "réinscrit", Beneficiary, len(again), stay)

    def _nobody(self, keys: set[int]) -> Reasons:
        erased = of_those(Beneficiary.objects.exclude(anonymised_at=None), keys, "pk")
        return self.gone_or_merged(Beneficiary.objects, keys) | dict.fromkeys(erased, reasons.ERASED)

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
