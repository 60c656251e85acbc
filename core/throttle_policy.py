"""How often one may try something, and how long whoever tries more often waits."""

import datetime as dt
import itertools
import math
from dataclasses import dataclass

from django.db.models import Case, F, Value, When

SECOND, MINUTE, HOUR = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(hours=1)
# Two hosts differ by so much; so does who looked at the clock, then waited for the row.
LEEWAY = SECOND
TOO_MANY = "Trop d’essais"


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
class ThrottlePolicy:
    """Limits of attempts: per account and network together (`own`), per account, per network.

    An account is whatever was typed as one, so that the answer does not tell whether it exists.
    """

    name: str
    own: Limit | None = None
    account: Limit | None = None
    network: Limit | None = None
    # What the answer complains of.
    too_many: str = TOO_MANY
