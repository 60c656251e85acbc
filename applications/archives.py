"""A convention is kept as long as it binds and ten years more; then the archives' visa."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from .models import Signature

# After the year in which the version that was signed was withdrawn.
YEARS = 10


def due(now: dt.datetime) -> QuerySet[Signature]:
    """Signatures, with their attestations, of which the archives may be asked. Nothing deletes them."""
    last = timezone.localdate(now).year - YEARS
    return Signature.objects.binding().filter(convention__ended_at__year__lt=last)
