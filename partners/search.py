"""Full-text search of the organismes, with typing errors: by name, place or activity.

What the search needs of the directory, a few thousand organismes, is kept in memory, and made anew when the
directory has changed: so it is the same on both databases, and costs them next to nothing. The public
directory asks a replica (settings.REPLICA) where there is one; who says nothing asks the primary.
"""

import datetime as dt
import math
import threading
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from core.compiled_query import CompiledQuery
from core.one_server import one_server
from core.position import Position
from core.spelling import of_place
from wallets.models import Kind

from .directory_index import Answered, DirectoryIndex, Indexed, Wanted
from .explanation import explanation
from .models import Commune, DirectoryVersion, Offer, Partner, Synonym
from .places import Place, Places, postcodes_of
from .reading import ListedPartner, listed
from .words import name_words, simple_words

# People know an organisme by its name; what it does and where come next, and which wallet pays last.
NAME, BESIDE, KIND = 1.0, 0.95, 0.5
KIND_WORDS = {Kind.SPORT: "sport sportif sportive", Kind.CULTURE: "culture culturel culturelle"}
FOR_THE_DISABLED = "handicap handicape handisport accessible adapte pmr"
EARTH_RADIUS = 6371.0


class Found(NamedTuple):
    """An organisme, and how many kilometres it is from where one asked, if one did."""

    pk: int
    distance: float | None


@dataclass(frozen=True)
class Answer:
    """What was found, where distances are counted from (« d’Antony »), and sentences on what was done.

    `is_exact`: all have every word, and are where they were asked for. `words`: what was asked for, each as
    `simple_words` writes it.
    """

    found: Sequence[Found] = ()
    is_exact: bool = False
    around: str = ""
    explanation: Sequence[str] = ()
    words: frozenset[str] = frozenset()


def search(wanted: Wanted, *, using: str = DEFAULT_DB_ALIAS) -> Sequence[Found]:
    """The organismes that answer: the nearest first near a place, else the best answers, else by name."""
    return answer(wanted, using=using).found


def answer(wanted: Wanted, *, using: str = DEFAULT_DB_ALIAS) -> Answer:
    """The organismes that answer, and how the question was understood."""
    index = _current_index(using)
    answered = index.answering(replace(wanted, near=None))
    here, around = _from_where(wanted, answered)
    if here is None:
        found = [Found(one.pk, None) for one in answered.listed]
    else:
        found = [Found(one.pk, _kilometres(here, one.position)) for one in answered.listed]
        found.sort(key=lambda one: one.distance or 0)
    nearest = found[0] if found and answered.elsewhere else None
    nearest_place = index.places.by_code[index.listed[nearest.pk].commune].name if nearest else ""
    said = explanation(wanted, answered, nearest_place, nearest.distance if nearest else None)
    asked = answered.question
    is_exact = bool(asked.required) and not (asked.left_out or answered.elsewhere or answered.partly)
    meant = " ".join(term.meant for term in asked.required + asked.soft)
    return Answer(found, is_exact, around, said, frozenset(simple_words(meant)))


def _from_where(wanted: Wanted, answered: Answered) -> tuple[Position | None, str]:
    if wanted.near is not None:
        return wanted.near, "de vous"
    if answered.place and (answered.around or answered.elsewhere):
        return answered.place.position, of_place(answered.place.name)
    return None, ""


_listed_among = CompiledQuery(lambda day, pks: Partner.objects.for_directory(on=day).filter(pk__in=pks))


def listed_at(found: Sequence[Found], *, using: str = DEFAULT_DB_ALIAS) -> list[ListedPartner]:
    """The organismes with all that the directory says of them, and how many kilometres away they are."""
    today = timezone.localdate()
    partners = _listed_among(today, [one.pk for one in found], using=using)
    shown = {one.partner.pk: one for one in listed(partners, on=today, using=using)}
    # One that left the directory a moment ago is in the index still.
    return [replace(shown[one.pk], kilometres=one.distance) for one in found if one.pk in shown]


# One a process, like the fonts of the PDFs, of each database that is asked.
_kept: dict[str, DirectoryIndex] = {}
_one_at_a_time = threading.Lock()


def _current_index(using: str) -> DirectoryIndex:
    version = DirectoryVersion.current(using=using)
    with _one_at_a_time:
        if using not in _kept or _kept[using].edition != (version, timezone.localdate()):
            _kept[using] = _read_index(using)
        return _kept[using]


def _read_index(using: str) -> DirectoryIndex:
    with one_server(using):
        # Before the organismes: they may be newer than their version, never older.
        version = DirectoryVersion.current(using=using)
        today = timezone.localdate()
        if using in _kept and _kept[using].edition == (version, today):
            # A copy that is behind: it has nothing new.
            return _kept[using]
        return _read(version, today, using)


def _read(version: uuid.UUID | None, day: dt.date, using: str) -> DirectoryIndex:
    offers: defaultdict[int, list[Offer]] = defaultdict(list)
    current = Offer.objects.using(using).current_on(day)
    for offer in current.select_related("activity").order_by("pk"):
        offers[offer.partner_id].append(offer)
    activities = {offer.activity_id: offer.activity.name for several in offers.values() for offer in several}
    communes = {
        commune.pk: (commune, Place(commune.pk, commune.name, commune.position))
        for commune in Commune.objects.using(using).order_by("pk")
    }
    partners = Partner.objects.using(using).standing().select_related("commune").order_by("name", "pk")
    places = Places(place for _, place in communes.values())
    places.postcodes |= postcodes_of(
        (partner.postcode, communes[partner.commune_id][1]) for partner in partners
    )
    places.postcodes |= {
        postcode: place for commune, place in communes.values() for postcode in commune.postcodes
    }
    return DirectoryIndex(
        (version, day),
        [_indexed(partner, offers[partner.pk]) for partner in partners],
        places=places,
        activities=activities,
        synonyms=Synonym.objects.using(using).order_by("pk").values_list("typed", "means"),
    )


def _indexed(partner: Partner, offers: list[Offer]) -> Indexed:
    beside = " ".join([partner.commune.name, *(offer.activity.name for offer in offers)])
    kinds = " ".join(
        [KIND_WORDS[Kind(offer.kind)] for offer in offers] + [FOR_THE_DISABLED] * partner.accessible
    )
    return Indexed(
        pk=partner.pk,
        name=partner.name,
        words=dict.fromkeys(simple_words(kinds), KIND)
        | dict.fromkeys(simple_words(beside), BESIDE)
        | dict.fromkeys(name_words(partner.name), NAME),
        initials=_initials(partner.name),
        commune=partner.commune_id,
        offers=frozenset((offer.kind, offer.activity_id) for offer in offers),
        accessible=partner.accessible,
        position=partner.position,
        affiliated_from=partner.affiliated_from,
        affiliated_until=partner.affiliated_until,
    )


def _initials(name: str) -> frozenset[str]:
    """« RUEIL AQUATIQUE CLUB » → « rac »; « AC BOULOGNE BILLANCOURT TENNIS » → « acbb », « acbbt »."""
    words = simple_words(name)
    first = words[0] if words and len(words[0]) == 2 else words[0][:1] if words else ""
    short = [first + "".join(word[0] for word in words[1:end]) for end in range(1, len(words) + 1)]
    return frozenset(one for one in short[1:] if len(one) >= 3)


def _kilometres(here: Position, there: Position) -> float:
    """Great-circle distance."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (here, there))
    squared = math.sin((lat2 - lat1) / 2) ** 2 + (
        math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(min(1, math.sqrt(squared)))
