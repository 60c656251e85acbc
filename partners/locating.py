"""Places organismes on the map by their address, beside the pages, where there is a geocoder.

A position that somebody typed stays. One that the geocoder gave follows the address: `located_address` is
what was asked about last, its commune first; it is not asked about again, even if nothing was found.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django_tasks import TaskContext, task

from core import asking, tasks
from core.tasks import Priority, Queue

from . import geocoder
from .models import DirectoryVersion, Partner

# A task asks at most three seconds for each: it is done within its lease.
MANY = 50
# After so many that it does not answer it is not asked again before a while.
PATIENCE = 3
AGAIN_AFTER = dt.timedelta(hours=1)
# Where nothing is known of an address, no point.
Found = list[tuple[Partner, geocoder.Point | None]]
TO_ASK = (
    Q(merged_into=None)
    & ~Q(address="")
    & ~Q(located_address=Concat("commune", Value(" "), "address"))
    & (Q(latitude=None) | ~Q(located_address=""))
)


def later() -> None:
    """To be called in the transaction that changes an address."""
    if geocoder.is_there():
        locate.enqueue(from_id=0)


@task(queue_name=Queue.FILES, priority=Priority.BULK, takes_context=True)
def locate(context: TaskContext, *, from_id: int) -> None:
    """Of those from this number on, the first MANY; then the next ones."""
    to_ask = Partner.objects.filter(TO_ASK, pk__gte=from_id).select_related("commune").order_by("pk")
    wanted = list(to_ask[:MANY])
    found, silent = _ask(wanted)
    with transaction.atomic():
        if not tasks.end(context):
            return
        _write(found)
        if silent < PATIENCE and len(wanted) == MANY:
            locate.enqueue(from_id=wanted[-1].pk + 1)
        if silent and not tasks.is_put_off(locate):
            locate.using(run_after=timezone.now() + AGAIN_AFTER).enqueue(from_id=0)


def _ask(wanted: Sequence[Partner]) -> tuple[Found, int]:
    """What was found, and how many times no answer came: one address that it cannot bear stops no other."""
    found: Found = []
    silent = 0
    for partner in wanted:
        try:
            found.append((partner, _find(partner)))
        except asking.NoAnswer:
            silent += 1
        if silent == PATIENCE:
            break
    return found, silent


def _find(partner: Partner) -> geocoder.Point | None:
    """Raises NoAnswer."""
    return geocoder.find(
        address=partner.address,
        postcode=partner.postcode,
        commune=partner.commune.name,
        insee_code=partner.commune_id,
    )


def _write(found: Found) -> None:
    """Unless the address was changed meanwhile, or a position typed."""
    if not found:
        return
    DirectoryVersion.lock()
    for partner, point in found:
        latitude, longitude = point or (None, None)
        as_it_was = Partner.objects.filter(
            pk=partner.pk,
            address=partner.address,
            commune=partner.commune_id,
            latitude=partner.latitude,
            located_address=partner.located_address,
        )
        asked = f"{partner.commune_id} {partner.address}"
        as_it_was.update(latitude=latitude, longitude=longitude, located_address=asked)
    DirectoryVersion.renew()
