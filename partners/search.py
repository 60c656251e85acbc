"""Full-text search of the organismes, with typing errors: by name, place or activity.

What the search needs of the directory, a few thousand organismes, is kept in memory, and made anew when the
directory has changed: so it is the same on both databases, and costs them next to nothing. The public
directory asks a replica (settings.REPLICA) where there is one; who says nothing asks the primary.
"""

import math
import threading
from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from core.compiled_query import CompiledQuery
from core.one_server import one_server

from .directory_index import DirectoryIndex, Indexed, Position, Wanted
from .models import DirectoryVersion, Offer, Partner
from .reading import ListedPartner, listed
from .words import words_of

# People know an organisme by its name; what it does and where come next.
NAME, BESIDE = 1.0, 0.95
EARTH_RADIUS = 6371.0


class Found(NamedTuple):
    """An organisme, and how many kilometres it is from where one asked, if one did."""

    pk: int
    distance: float | None


def search(wanted: Wanted, *, using: str = DEFAULT_DB_ALIAS) -> list[Found]:
    """The organismes that answer: the nearest first near a place, else the best answers, else by name."""
    answering = _current_index(using).answering(replace(wanted, near=None))
    if wanted.near is None:
        return [Found(one.pk, None) for one in answering]
    found = [Found(one.pk, _kilometres(wanted.near, one.position)) for one in answering]
    return sorted(found, key=lambda one: one.distance or 0)


_listed_among = CompiledQuery(lambda day, pks: Partner.objects.for_directory(on=day).filter(pk__in=pks))


def listed_at(found: list[Found], *, using: str = DEFAULT_DB_ALIAS) -> list[ListedPartner]:
    """The organismes with all that the directory says of them, and how many kilometres away they are."""
    partners = _listed_among(timezone.localdate(), [one.pk for one in found], using=using)
    shown = {one.partner.pk: one for one in listed(partners, using=using)}
    # One that left the directory a moment ago is in the index still.
    return [replace(shown[one.pk], kilometres=one.distance) for one in found if one.pk in shown]


# One a process, like the fonts of the PDFs, of each database that is asked.
_kept: dict[str, DirectoryIndex] = {}
_one_at_a_time = threading.Lock()


def _current_index(using: str) -> DirectoryIndex:
    version = DirectoryVersion.current(using=using)
    with _one_at_a_time:
        if using not in _kept or _kept[using].version != version:
            _kept[using] = _read_index(using)
        return _kept[using]


def _read_index(using: str) -> DirectoryIndex:
    with one_server(using):
        # Before the organismes: they may be newer than their version, never older.
        version = DirectoryVersion.current(using=using)
        if using in _kept and _kept[using].version == version:
            # A copy that is behind: it has nothing new.
            return _kept[using]
        return DirectoryIndex(version, _read(using))


def _read(using: str) -> list[Indexed]:
    offers: defaultdict[int, list[Offer]] = defaultdict(list)
    for offer in Offer.objects.using(using).select_related("activity").order_by("pk"):
        offers[offer.partner_id].append(offer)
    partners = Partner.objects.using(using).select_related("commune").order_by("name", "pk")
    return [_indexed(partner, offers[partner.pk]) for partner in partners]


def _indexed(partner: Partner, offers: list[Offer]) -> Indexed:
    beside = " ".join([partner.commune.name, *(offer.activity.name for offer in offers)])
    return Indexed(
        pk=partner.pk,
        name=partner.name,
        words=dict.fromkeys(words_of(beside), BESIDE) | dict.fromkeys(words_of(partner.name), NAME),
        commune=partner.commune_id,
        offers=frozenset((offer.kind, offer.activity_id) for offer in offers),
        accessible=partner.accessible,
        position=partner.position,
        affiliated_from=partner.affiliated_from,
        affiliated_until=partner.affiliated_until,
    )


def _kilometres(here: Position, there: Position) -> float:
    """As the crow flies, on a sphere."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (here, there))
    squared = math.sin((lat2 - lat1) / 2) ** 2 + (
        math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(min(1, math.sqrt(squared)))
