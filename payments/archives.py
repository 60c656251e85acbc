"""Ten years, then the archives' visa: what accounts must keep is never deleted by itself."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from .models import Batch, BatchState

# After the year of the last day that it paid.
YEARS = 10


def due(now: dt.datetime) -> QuerySet[Batch]:
    """Batches, with their payments, files and statements, of which the archives may be asked."""
    kept_since = dt.date(timezone.localdate(now).year - YEARS, 1, 1)
    over = [BatchState.SETTLED, BatchState.DROPPED]
    return Batch.objects.filter(cut_off__lt=kept_since, state__in=over)
