"""Slows down who tries again and again: passwords, codes, what is open to all.

The counters are in the database, which several hosts share. Nothing in them is clear: neither an
identifiant nor an address, only HMACs. No wait is permanent, and nobody lifts one by hand.
"""

import datetime as dt
import itertools
import math
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, Value, When
from django.db.models.functions import Greatest, Least
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from prometheus_client import Counter

from core import typed_text
from core.models import Attempts

THROTTLED = Counter("passplus_throttled", "Attempts refused because there were too many.", ["door"])

SECOND, MINUTE, HOUR = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(hours=1)
DEVICE_KNOWN_FOR = dt.timedelta(days=365)
# Two hosts differ by so much; so does who looked at the clock, then waited for the row.
LEEWAY = SECOND
# Of a key not seen before.
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# Each count adds three rows at most: what is forgotten goes faster than it comes.
SWEPT_AT_ONCE = 20


class TooManyAttempts(Exception):
    """Nothing was tried. It may be in `retry_after` seconds. `too_many` says of what, in French."""

    too_many = "Trop d’essais"

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
        """Make it the answer of this refusal."""
        response.status_code = 429
        response["Retry-After"] = str(self.retry_after)
        return response


@dataclass(frozen=True)
class Limit:
    """`free` attempts, at least two; then waits that double, from `first` to `longest`.

    An attempt is remembered for `memory`, and they are forgotten one after the other: so `memory` is
    also the pace that whoever never stops ends up at.
    """

    free: int
    first: dt.timedelta
    longest: dt.timedelta
    memory: dt.timedelta

    @property
    def remembered_at_most(self) -> dt.timedelta:
        """Further ahead `forgotten_at` never lies, unless a clock was ahead when it was written."""
        waits = math.ceil(math.log2(max(self.longest / self.first, 1)))
        return (self.free + waits + 2) * self.memory + LEEWAY

    def opens_after(self, now: dt.datetime) -> Case:
        """When the attempt after this one may come: the database decides, by how many it remembers."""
        seen = now + LEEWAY
        # What is open stays as it is: moved to now, it would be closed to a clock that is late.
        steps = [When(forgotten_at__lte=seen + (self.free - 2) * self.memory, then=F("open_at"))]
        wait = self.first
        for remembered in itertools.count(self.free - 1):
            if wait >= self.longest:
                break
            before = seen + remembered * self.memory
            steps.append(When(forgotten_at__lte=before, then=Value(now + wait)))
            wait *= 2
        return Case(*steps, default=Value(now + self.longest))


@dataclass(frozen=True)
class Door:
    """What is tried, and how often one may: an account from one place, an account in all, a network in all.

    An account is whatever was typed as one, so that the answer does not tell whether it exists.
    """

    name: str
    own: Limit | None = None
    account: Limit | None = None
    network: Limit | None = None
    # What the answer complains of.
    too_many: str = TooManyAttempts.too_many


LOGIN = Door(
    "login",
    # A family that hunts for its password waits seconds at first. Who guesses ends up at 96 a day.
    own=Limit(free=5, first=10 * SECOND, longest=15 * MINUTE, memory=15 * MINUTE),
    # Many places against one account. The wait stays short, for its owner, on a new device, has it too.
    account=Limit(free=30, first=5 * SECOND, longest=MINUTE, memory=MINUTE),
    # One place against many accounts: a collège or an operator of mobile telephones is one address. Only
    # failures stay counted: 300 at once, or 360 an hour.
    network=Limit(free=300, first=SECOND, longest=MINUTE, memory=10 * SECOND),
)
FORGOTTEN = Door(
    "forgotten",
    # Each of them may be an e-mail in somebody's box.
    account=Limit(free=3, first=MINUTE, longest=HOUR, memory=HOUR),
    network=Limit(free=100, first=SECOND, longest=MINUTE, memory=30 * SECOND),
)
SECOND_FACTOR = Door(
    "second factor",
    # Whoever is here knows the password. Of a million codes three are right at any time.
    account=Limit(free=5, first=10 * SECOND, longest=15 * MINUTE, memory=15 * MINUTE),
)
CODE = Door(
    "code",
    account=Limit(free=20, first=5 * SECOND, longest=5 * MINUTE, memory=5 * MINUTE),
    network=Limit(free=300, first=SECOND, longest=MINUTE, memory=10 * SECOND),
)


ACTIVATION = Door(
    "activation",
    # Who copies a letter mistypes. Nobody guesses one code out of 2⁶⁰, so what is tried elsewhere keeps
    # nobody waiting.
    own=Limit(free=10, first=5 * SECOND, longest=5 * MINUTE, memory=5 * MINUTE),
    # A class whose letters were handed out comes from one address.
    network=Limit(free=300, first=SECOND, longest=MINUTE, memory=10 * SECOND),
)


# A code of 60 bits that lets an account be known on this device, and no more: only this place's slips count,
# for whoever fills a network or tries one account from everywhere must keep nobody from it.
DEVICE = Door("device", own=Limit(free=10, first=5 * SECOND, longest=5 * MINUTE, memory=5 * MINUTE))

# What one account may ask of a service that is there for all. These are no attempts: nothing forgives them.
PDF = Door(
    "pdf",
    # A family prints all it has in one document, and once more when the printer was out of paper.
    account=Limit(free=settings.PDFS_AT_ONCE, first=MINUTE, longest=MINUTE, memory=MINUTE),
    too_many="Trop d’impressions",
)
MY_DATA = Door(
    "my data",
    account=Limit(free=3, first=20 * MINUTE, longest=20 * MINUTE, memory=20 * MINUTE),
    too_many="Trop de téléchargements de vos données",
)

# A parent who mistypes an address tries again; one who sends our messages to strangers does not go on.
ADDRESS = Door(
    "address",
    account=Limit(free=5, first=5 * HOUR, longest=5 * HOUR, memory=5 * HOUR),
    too_many="Trop de changements d’adresse",
)
# Of one child: each of them is told to the other guardians.
CHILD_LOGIN = Door(
    "child login",
    account=Limit(free=5, first=5 * HOUR, longest=5 * HOUR, memory=5 * HOUR),
    too_many="Trop de comptes refaits",
)
# Its owner is told of each.
NEW_PASSWORD = Door(
    "new password",
    account=Limit(free=10, first=HOUR, longest=HOUR, memory=HOUR),
    too_many="Trop de mots de passe",
)
FORMULA = Door(
    "formula",
    account=Limit(free=10, first=HOUR, longest=HOUR, memory=HOUR),
    too_many="Trop de changements de formule",
)


@dataclass(frozen=True)
class _Counter:
    key: str
    limit: Limit
    # A success shows that the failures before it, from the same place, were its owner's.
    wiped_by_success: bool


@dataclass(frozen=True)
class Attempt:
    """What was counted, so that it can be taken back."""

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
def count(door: Door, request: HttpRequest, *, account: str = "") -> Attempt:
    """Count an attempt, before anything is looked up or hashed. Raises TooManyAttempts.

    All its counters count it, or none: a refused attempt prolongs no wait. Durable, so that nothing
    that follows can take it back but `forgive`.
    """
    attempt = Attempt(timezone.now(), _counters(door, request, account))
    # Always in the order own, account, network: two attempts never wait for each other.
    Attempts.objects.bulk_create(
        [Attempts(key=c.key, open_at=LONG_AGO, forgotten_at=LONG_AGO) for c in attempt.counters],
        ignore_conflicts=True,
    )
    with THROTTLED.labels(door.name).count_exceptions(TooManyAttempts):
        for counter in attempt.counters:
            try:
                _note(counter, attempt.at)
            except TooManyAttempts as refusal:
                refusal.too_many = door.too_many
                raise
    _sweep(attempt.at)
    return attempt


def take(door: Door, account: str) -> None:
    """Count what no request asks for, in the transaction of what is done. Raises TooManyAttempts."""
    if door.account:
        now, key = timezone.now(), _digest(f"{door.name} account {account}")
        Attempts.objects.bulk_create(
            [Attempts(key=key, open_at=LONG_AGO, forgotten_at=LONG_AGO)], ignore_conflicts=True
        )
        _note(_Counter(key, door.account, wiped_by_success=False), now)


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


def _counters(door: Door, request: HttpRequest, account: str) -> list[_Counter]:
    account, network = _one_writing(account), network_of(request)
    # Where its owner came in before, an account waits neither for other places nor for other accounts.
    if door.own and (device := _known_device(request, account)):
        return [_Counter(_digest(f"{door.name} device {device} {account}"), door.own, wiped_by_success=True)]
    scopes = [
        ("own", door.own, f"{network} {account}"),
        ("account", door.account, account),
        ("network", door.network, network),
    ]
    return [
        _Counter(_digest(f"{door.name} {scope} {who}"), limit, wiped_by_success=scope == "own")
        for scope, limit, who in scopes
        if limit
    ]


def _digest(text: str) -> str:
    return salted_hmac("core.throttle", text, algorithm="sha256").hexdigest()


def _one_writing(account: str) -> str:
    """One for all that mean the same account, of which a stranger could make as many as he tries."""
    return typed_text.username(account)


def network_of(request: HttpRequest) -> str:
    """Where a request comes from: an IPv4 address, or the /64 that an IPv6 subscriber has for itself.

    Behind our proxy it is the last address of X-Forwarded-For, the one that the proxy itself added; those
    before it are what the visitor claims.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    try:
        ip = ip_address(address)
    except ValueError:
        # A socket, a proxy that does not say: everybody comes from one place.
        return ""
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped or ip_network((int(ip), 64), strict=False))


# --- Known devices ----------------------------------------------------------------------------


def remember_device(response: HttpResponse, *, account: str) -> None:
    """Let this browser be known by the account that just came in by it. The cookie does not say which."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        _signer(_one_writing(account)).sign(get_random_string(22)),
        max_age=DEVICE_KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known_device(request: HttpRequest, account: str) -> str:
    """The name of this browser if the account came in by it; nothing otherwise."""
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        return _signer(account).unsign(cookie, max_age=DEVICE_KNOWN_FOR)
    except signing.BadSignature:
        return ""


def _signer(account: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"core.throttle {account}")
