"""A first access for many at once: who waits for one, and how each gets it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from core.outbox import Urgency

from . import links, mail
from .models import Beneficiary, Guardianship, User, given_by_two
from .services import new_access_codes

BY_MAIL, BY_LETTER = ~Q(email=""), Q(email="")


@dataclass(frozen=True)
class Choice:
    """Whose accounts are meant: those around a collège, a level, or both; else of the whole département."""

    school: str = ""
    grade: str = ""

    @property
    def children(self) -> dict[str, str]:
        """The conditions on a child."""
        return {name: value for name, value in (("school", self.school), ("grade", self.grade)) if value}


WHOLE = Choice()


@dataclass(frozen=True)
class Counts:
    """The accounts never activated of a choice: each is in one of these, and in one alone."""

    mail_new: int
    mail_valid: int
    mail_old: int
    letter_new: int
    letter_valid: int
    letter_old: int
    two_agents: int
    not_enrolled: int

    @property
    def of_mail(self) -> int:
        return self.mail_new + self.mail_valid + self.mail_old

    @property
    def of_letter(self) -> int:
        return self.letter_new + self.letter_valid + self.letter_old

    @property
    def total(self) -> int:
        return self.of_mail + self.of_letter + self.two_agents + self.not_enrolled


def never_activated(choice: Choice) -> QuerySet[User]:
    """Enrolled or not; of the whole département, those around no child too."""
    users = User.objects.never_activated()
    if choice == WHOLE:
        return users
    return users.filter(pk__in=_around(Beneficiary.objects.filter(**choice.children)))


def enrolled(choice: Choice) -> QuerySet[User]:
    """Those of them that a child enrolled there has: as its guardian's, or as its own."""
    children = Beneficiary.objects.filter(is_enrolled=True, **choice.children)
    return User.objects.never_activated().filter(pk__in=_around(children))


def _around(children: QuerySet[Beneficiary]) -> QuerySet[Any, Any]:
    """By their ids: an « or » over two tables would read every account for every child."""
    guardians = Guardianship.objects.filter(beneficiary__in=children.order_by()).values("user")
    return guardians.union(children.order_by().exclude(user=None).values("user"))


def invitable(choice: Choice) -> QuerySet[User]:
    """Those of them whose access one agent alone may give."""
    return enrolled(choice).exclude(given_by_two(timezone.now()))


def to_invite(*, again: bool, by_mail: bool, choice: Choice = WHOLE) -> QuerySet[User]:
    """The accounts never invited, or `again` those whose code has become too old.

    `by_mail` are those that have an address, the others need a letter.
    """
    due = Q(access_code_at__lt=links.oldest_valid()) if again else Q(access_code_at=None)
    return invitable(choice).filter(due, BY_MAIL if by_mail else BY_LETTER)


def with_letter(choice: Choice) -> QuerySet[User]:
    """The accounts without an address whose letters are made, and still good."""
    return invitable(choice).filter(BY_LETTER, access_code_at__gte=links.oldest_valid())


def count(choice: Choice) -> Counts:
    oldest = links.oldest_valid()
    states = {
        "new": Q(access_code_at=None),
        "valid": Q(access_code_at__gte=oldest),
        "old": Q(access_code_at__lt=oldest),
    }
    channels = {"mail": BY_MAIL, "letter": BY_LETTER}
    found = invitable(choice).aggregate(
        **{
            f"{channel}_{state}": Count("pk", filter=of_channel & in_state)
            for channel, of_channel in channels.items()
            for state, in_state in states.items()
        }
    )
    of_enrolled = enrolled(choice).count()
    return Counts(
        **found,
        two_agents=of_enrolled - sum(found.values()),
        not_enrolled=never_activated(choice).count() - of_enrolled,
    )


@transaction.atomic
def invite_by_mail(*, again: bool, limit: int, choice: Choice = WHOLE, at: dt.datetime | None = None) -> int:
    """Mail the next `limit` accounts that have an address, like `send_first_access`; return how many messages
    were written.

    Safe to run again, and by two agents at once: what one has locked, the other passes over, and what is
    invited is not to be invited any more. `at` is the moment that their codes bear.
    """
    due = to_invite(again=again, by_mail=True, choice=choice).order_by("pk")
    users = new_access_codes(user_ids=_lock(due[:limit]), at=at)
    # The message names them.
    prefetch_related_objects(users, "children")
    # An address that cannot be written to keeps nobody else waiting; agents see it among the e-mails.
    return sum(mail.activation(user, urgency=Urgency.BULK) for user in users)


@transaction.atomic
def invite_by_letter(
    *, again: bool, limit: int, choice: Choice = WHOLE, at: dt.datetime | None = None
) -> list[User]:
    """Give a code to the next `limit` accounts that wait for a letter, and return them.

    Two agents at once make one letter for each, as for `invite_by_mail`.
    """
    due = to_invite(again=again, by_mail=False, choice=choice).order_by("pk")
    return new_access_codes(user_ids=_lock(due[:limit]), at=at)


def _lock(users: QuerySet[User]) -> Collection[int]:
    """The ids of those that nobody else has locked."""
    return list(users.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
