"""Slows down who tries again and again: passwords, codes, what is open to all.

The counters are in the database, which several hosts share. Nothing in them is clear: neither an
identifiant nor an address, only HMACs. No wait is permanent, and nobody lifts one by hand.
"""

import datetime as dt
import math
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, Value, When
from django.db.models.functions import Greatest, Least
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from prometheus_client import Counter

from core import typed_text
from core.known_devices import known_device
from core.models import Attempts
from core.networks import network_of
from core.throttle_policy import SECOND, TOO_MANY, Limit, ThrottlePolicy

THROTTLED = Counter("passplus_throttled", "Attempts refused because there were too many.", ["door"])

# Of a key not seen before.
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# Each count adds three rows at most: what is forgotten goes faster than it comes.
SWEPT_AT_ONCE = 20


class TooManyAttempts(Exception):
    """Nothing was tried. It may be in `retry_after` seconds. `too_many` says of what, in French."""

    too_many = TOO_MANY

    def __init__(self, wait: dt.timedelta) -> None:
        self.retry_after = math.ceil(wait / SECOND)
        super().__init__(self.sentence)

    @property
    def wait(self) -> str:
        number, unit = self.retry_after, "seconde"
        if number >= 60:
            number, unit = math.ceil(number / 60), "minute"
        if number > 90 and unit == "minute":
            number, unit = math.ceil(number / 60), "heure"
        return f"{number}\N{NO-BREAK SPACE}{unit}{'s' * (number > 1)}"

    @property
    def sentence(self) -> str:
        return f"{self.too_many}. Attendez {self.wait}, puis recommencez."

    def on(self, response: HttpResponse) -> HttpResponse:
        """Turn the response into a 429 with Retry-After."""
        response.status_code = 429
        response["Retry-After"] = str(self.retry_after)
        return response


@dataclass(frozen=True)
class _Counter:
    key: str
    limit: Limit
    # A success shows that the failures before it, from the same place, were its owner's.
    wiped_by_success: bool


@dataclass(frozen=True)
class Attempt:
    """A counted attempt, which `forgive` takes back."""

    at: dt.datetime
    counters: list[_Counter]

    @transaction.atomic
    def forgive(self) -> None:
        """It was right: it counts nowhere, and the failures of this account from this place are forgotten."""
        for counter in self.counters:
            row = Attempts.objects.filter(key=counter.key)
            if counter.wiped_by_success:
                row.delete()
            else:
                row.update(
                    open_at=Least(F("open_at"), Value(self.at)),
                    forgotten_at=Greatest(F("forgotten_at") - counter.limit.memory, Value(self.at)),
                )


@transaction.atomic(durable=True)
def count(policy: ThrottlePolicy, request: HttpRequest, *, account: str = "") -> Attempt:
    """Count an attempt, before anything is looked up or hashed. Raises TooManyAttempts.

    All its counters count it, or none: a refused attempt prolongs no wait. Durable, so that nothing
    that follows can take it back but `forgive`.
    """
    attempt = Attempt(timezone.now(), _counters(policy, request, account))
    # Always in the order own, account, network: two attempts never wait for each other.
    Attempts.objects.bulk_create(
        [Attempts(key=c.key, open_at=LONG_AGO, forgotten_at=LONG_AGO) for c in attempt.counters],
        ignore_conflicts=True,
    )
    with THROTTLED.labels(policy.name).count_exceptions(TooManyAttempts):
        for counter in attempt.counters:
            try:
                _note(counter, attempt.at)
            except TooManyAttempts as refusal:
                refusal.too_many = policy.too_many
                raise
    _sweep(attempt.at)
    return attempt


def take(policy: ThrottlePolicy, account: str) -> None:
    """Count against an account without a request, in the caller's transaction. Raises TooManyAttempts."""
    if policy.account:
        now, key = timezone.now(), _digest(f"{policy.name} account {account}")
        Attempts.objects.bulk_create(
            [Attempts(key=key, open_at=LONG_AGO, forgotten_at=LONG_AGO)], ignore_conflicts=True
        )
        _note(_Counter(key, policy.account, wiped_by_success=False), now)


def _note(counter: _Counter, now: dt.datetime) -> None:
    row = Attempts.objects.filter(key=counter.key)
    # Of a day that the clock invented: else it would close the door until that day has come.
    invented = Q(forgotten_at__gt=now + counter.limit.remembered_at_most)
    # Whether it may and that it did, in one statement: of two at once, the second one sees the first.
    noted = row.filter(Q(open_at__lte=now) | invented).update(
        open_at=Case(When(invented, then=Value(now)), default=counter.limit.opens_after(now)),
        forgotten_at=Case(
            When(invented, then=Value(now)),
            default=Greatest(F("forgotten_at"), Value(now)),
            output_field=DateTimeField(),
        )
        + counter.limit.memory,
    )
    if not noted and (refused := row.filter(open_at__gt=now).first()):
        raise TooManyAttempts(refused.open_at - now)


def _sweep(now: dt.datetime) -> None:
    """Remove some of what is forgotten. It waits for no row, so no row waits in a circle."""
    forgotten = Attempts.objects.filter(forgotten_at__lt=now).select_for_update(skip_locked=True)
    Attempts.objects.filter(key__in=forgotten.values("key")[:SWEPT_AT_ONCE]).delete()


def _counters(policy: ThrottlePolicy, request: HttpRequest, account: str) -> list[_Counter]:
    account, network = typed_text.username(account), network_of(request)
    # Where its owner came in before, an account waits neither for other places nor for other accounts.
    if policy.own and (device := known_device(request, account)):
        return [
            _Counter(_digest(f"{policy.name} device {device} {account}"), policy.own, wiped_by_success=True)
        ]
    scopes = [
        ("own", policy.own, f"{network} {account}"),
        ("account", policy.account, account),
        ("network", policy.network, network),
    ]
    return [
        _Counter(_digest(f"{policy.name} {scope} {who}"), limit, wiped_by_success=scope == "own")
        for scope, limit, who in scopes
        if limit
    ]


def _digest(text: str) -> str:
    return salted_hmac("core.throttle", text, algorithm="sha256").hexdigest()
