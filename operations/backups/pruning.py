import datetime as dt
from contextlib import suppress
from pathlib import Path

from django.utils import timezone

from .manifests import NAME, manifest_of

# All copies are kept for so long, then the last of each day.
ALL_KEPT_FOR = dt.timedelta(days=2)


def prune(*, directory: Path, days: int) -> int:
    """Take away what is older than `days`, and, after two days, all but the last of each day."""
    now = timezone.now()
    kept: set[dt.date] = set()
    gone = 0
    for copy in sorted(directory.glob("passplus-*"), reverse=True):
        made = _made_at(copy)
        if made is None or copy.suffix == ".json" or now - made < ALL_KEPT_FOR:
            continue
        if copy.suffix == ".age" and now - made < dt.timedelta(days=days) and made.date() not in kept:
            kept.add(made.date())
            continue
        copy.unlink()
        manifest_of(copy).unlink(missing_ok=True)
        gone += 1
    return gone


def _made_at(copy: Path) -> dt.datetime | None:
    """Nothing for a file that is not ours."""
    with suppress(ValueError):
        return dt.datetime.strptime(copy.stem, NAME).replace(tzinfo=dt.UTC)
    return None
