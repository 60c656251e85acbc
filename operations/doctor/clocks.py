"""The clock of this machine beside that of the database, and dates to come."""

import datetime as dt
import time

from django.db import connection
from django.utils import timezone

from accounts.audit import AuditEntry
from accounts.models import SignIn
from wallets.models import Entry

from . import database
from .findings import Wrong

# Of the throttle and of the links: two machines may differ by so much.
LARGEST_DRIFT = 1
# The newest lines of each kind.
LOOKED_BACK = 1000


def agree() -> str:
    if connection.vendor != "postgresql":
        return "la base est sur cette machine"
    before = time.time()
    [theirs] = database.first_row("SELECT extract(epoch FROM clock_timestamp())::float8")
    ours = (before + time.time()) / 2
    if abs(theirs - ours) > LARGEST_DRIFT:
        raise Wrong(
            f"la base a {abs(theirs - ours):.0f} s d’écart avec cette machine",
            "mettez les deux à l’heure (chrony ou systemd-timesyncd)",
        )
    return "celle de la base est la même"


def dates() -> str:
    """Whether the clock was ahead: what it dated stays ahead, waits included."""
    now, late = timezone.now(), []
    for rows, column in ((SignIn.objects, "at"), (AuditEntry.objects, "at"), (Entry.objects, "created_at")):
        newest = rows.order_by("-pk").values_list(column, flat=True)[:LOOKED_BACK]
        late += [at for at in newest if at > now + dt.timedelta(seconds=LARGEST_DRIFT)]
    if late:
        latest = f"{timezone.localtime(max(late)):%d/%m/%Y à %H:%M}"
        raise Wrong(
            f"l’horloge a reculé\N{NO-BREAK SPACE}: {len(late)} dates sont à venir, jusqu’au {latest}",
            "vérifiez chrony ou systemd-timesyncd\N{NO-BREAK SPACE}; ces dates restent, l’ordre est juste",
        )
    return "aucune après maintenant"
