"""Tries that failed are kept, and too many unknown codes close the counter for some minutes.

Read from what is written, so that a counter that makes no mistake writes nothing to be counted. Several tries
at the same instant may each be the last one: a code has 60 bits, and a few more guesses find none. For the
same reason a whole list is one try, however many of its codes are unknown: each of them is kept all the same.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from core.throttle_policy import HOUR, MINUTE

from ..models import FailedTry, Why
from .refusals import TooManyTries

KEPT_FOR = dt.timedelta(days=365)
# Unknown codes, within that time: of one member, and of an organisme, however many its members are.
OF_A_MEMBER, WITHIN_OF_A_MEMBER = 5, 10 * MINUTE
OF_A_PARTNER, WITHIN_OF_A_PARTNER = 30, HOUR


def check(*, actor: User, partner_id: int) -> None:
    """Raises TooManyTries."""
    _check(Q(actor=actor), OF_A_MEMBER, WITHIN_OF_A_MEMBER)
    _check(Q(partner=partner_id), OF_A_PARTNER, WITHIN_OF_A_PARTNER)


def _check(whose: Q, at_most: int, within: dt.timedelta) -> None:
    now = timezone.now()
    unknown = FailedTry.objects.filter(whose, why=Why.UNKNOWN, at__gt=now - within, at__lte=now)
    # Those of a list were kept at one instant.
    instants = unknown.order_by("-at").values_list("at", flat=True).distinct()
    for oldest in instants[at_most - 1 : at_most]:
        raise TooManyTries(oldest + within - now)


def note(why: Why, text: str, *, actor: User, partner_id: int) -> None:
    note_list([(why, text)], actor=actor, partner_id=partner_id)


def note_list(tries: Iterable[tuple[Why, str]], *, actor: User, partner_id: int) -> None:
    now = timezone.now()
    FailedTry.objects.bulk_create(
        [
            FailedTry(partner_id=partner_id, actor=actor, why=why, code_digest=_digest(text), at=now)
            for why, text in tries
        ]
    )


def _digest(text: str) -> str:
    return salted_hmac("tickets.counter", text.strip(), algorithm="sha256").hexdigest()
