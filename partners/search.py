"""Finds organismes as people ask for them: by a name half remembered, a place, an activity.

What the search needs of the directory, a few thousand organismes, is kept in memory, and made anew when the
directory has changed: so it is the same on both databases, and costs them next to nothing. The public
directory asks a replica (settings.REPLICA) where there is one; who says nothing asks the primary.
"""

import datetime as dt
import math
import re
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from core.compiled_query import Worded
from core.one_server import one_server
from core.spelling import simplified

from .models import DirectoryVersion, Offer, Partner, with_offers

# More words than anybody types; each costs as much as the others.
MOST_WORDS = 12
# Two words so much alike may be the same: « renne » and « reine » are 0.8.
ALIKE = 0.7
# What is only the beginning of a word, or only alike, never outweighs the word itself.
UNSURE = 0.9
# People know an organisme by its name; what it does and where come next.
NAME, BESIDE = 1.0, 0.95
# An organisme is shown if it answers so much of the question, and nearly as much as the best one.
ENOUGH, NEARLY = 0.5, 0.8
# A word that nobody has counts like one that so many have: it neither decides nor is overlooked.
OF_NOBODY = 0.1
EARTH_RADIUS = 6371.0

EMPTY_WORDS = re.compile(r"a|aux?|avec|chez|d|dans|des?|du|en|et|l|la|les?|par|pour|sur|une?")
# « M.J.C. » is one word.
BETWEEN_INITIALS = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")
# What is written short, in names and in questions. (The beginning of a word is found anyway.)
SHORT = {
    "st": "saint",
    "ste": "sainte",
    "ctre": "centre",
    "mjc": "maison jeunes culture",
    "crr": "conservatoire rayonnement regional",
    "crd": "conservatoire rayonnement departemental",
    "crc": "conservatoire rayonnement communal",
    "us": "union sportive",
    "as": "association sportive",
    "es": "entente sportive",
    "cs": "club sportif",
    "csm": "club sportif municipal",
    "sc": "sporting club",
    "ac": "athletic club",
    "fc": "football club",
    "bc": "basket club",
    "hbc": "handball club",
    "jc": "judo club",
    "tc": "tennis club",
    "rc": "rugby club",
}

Position = tuple[float, float]


class Found(NamedTuple):
    """An organisme, and how many kilometres it is from where one asked, if one did."""

    pk: int
    distance: float | None


@dataclass(frozen=True)
class Wanted:
    """What is asked of the directory; what is empty is not asked. `near` is in degrees, latitude first."""

    on: dt.date
    words: str = ""
    commune: str = ""
    kind: str = ""
    activity: int | None = None
    accessible: bool = False
    near: Position | None = None


def search(wanted: Wanted, *, using: str = DEFAULT_DB_ALIAS) -> list[Found]:
    """The organismes that answer: the nearest first near a place, else the best answers, else by name."""
    answering = _current_index(using).answering(replace(wanted, near=None))
    if wanted.near is None:
        return [Found(listed.pk, None) for listed in answering]
    found = [Found(listed.pk, _kilometres(wanted.near, listed.position)) for listed in answering]
    return sorted(found, key=lambda one: one.distance or 0)


_listed_among = Worded(lambda day, pks: Partner.objects.for_directory(on=day).filter(pk__in=pks))


def with_distances(
    found: list[Found], *, using: str = DEFAULT_DB_ALIAS
) -> list[tuple[Partner, float | None]]:
    """The organismes with all that the directory says of them, and how many kilometres away they are."""
    partners = _listed_among(timezone.localdate(), [one.pk for one in found], using=using)
    shown = {partner.pk: partner for partner in with_offers(partners, using=using)}
    # One that left the directory a moment ago is in the index still.
    return [(shown[one.pk], one.distance) for one in found if one.pk in shown]


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the search knows of an organisme. Its `words`, and how much each counts."""

    pk: int
    name: str
    words: dict[str, float]
    commune: str
    offers: frozenset[tuple[str, int]]
    accessible: bool
    position: Position
    affiliated_from: dt.date
    affiliated_until: dt.date | None

    def answers(self, wanted: Wanted) -> bool:
        return (
            self.affiliated_from <= wanted.on
            and (self.affiliated_until is None or wanted.on <= self.affiliated_until)
            and wanted.commune in ("", self.commune)
            and (self.accessible or not wanted.accessible)
            and self._offers(wanted)
        )

    def _offers(self, wanted: Wanted) -> bool:
        if not wanted.kind and wanted.activity is None:
            return True
        return any(
            wanted.kind in ("", kind) and wanted.activity in (None, activity)
            for kind, activity in self.offers
        )


class _Index:
    """The directory by its words."""

    def __init__(self, version: uuid.UUID | None, listed: Iterable[_Listed]) -> None:
        self.version = version
        self.listed = {one.pk: one for one in listed}
        self.holders: defaultdict[str, list[int]] = defaultdict(list)
        for one in self.listed.values():
            for word in one.words:
                self.holders[word].append(one.pk)
        self.vocabulary = list(self.holders)
        # In September a thousand families ask for judo; who asks where it is near asks the same.
        self.answering = lru_cache(maxsize=100)(self._answering)

    def _answering(self, wanted: Wanted) -> Sequence[_Listed]:
        """Those that answer, the best first, else by name; how near they are is another question."""
        if not _words(wanted.words):
            return [listed for listed in self.listed.values() if listed.answers(wanted)]
        scores = self.scores(wanted)
        return sorted(
            (self.listed[pk] for pk in scores),
            key=lambda listed: (-scores[listed.pk], len(listed.name), listed.name, listed.pk),
        )

    def scores(self, wanted: Wanted) -> dict[int, float]:
        """How well each organisme answers, from 0 to 1. Those that answer too little are left out."""
        total = 0.0
        scores: defaultdict[int, float] = defaultdict(float)
        for word in self._asked(wanted.words):
            alike = self._alike(word)
            weight = self._rarity(alike)
            total += weight
            best: dict[int, float] = {}
            for other, sureness in alike.items():
                for pk in self.holders[other]:
                    best[pk] = max(best.get(pk, 0), sureness * self.listed[pk].words[other])
            for pk, sureness in best.items():
                scores[pk] += weight * sureness
        answering = {
            pk: round(score / total, 3) for pk, score in scores.items() if self.listed[pk].answers(wanted)
        }
        least = max(ENOUGH, NEARLY * max(answering.values(), default=0))
        return {pk: score for pk, score in answering.items() if score >= least}

    def _asked(self, question: str) -> list[str]:
        """The words, joined or parted as the directory has them: « basket ball », « stcloud »."""
        asked: list[str] = []
        for word in _words(question)[:MOST_WORDS]:
            if asked and asked[-1] + word in self.holders:
                asked[-1] += word
            else:
                asked += self._parted(word)
        return asked

    def _parted(self, word: str) -> list[str]:
        parts = ([word[:i], word[i:]] for i in range(3, len(word) - 2) if word not in self.holders)
        return next((two for two in parts if all(part in self.holders for part in two)), [word])

    def _alike(self, word: str) -> dict[str, float]:
        """The words of the directory that `word` may stand for, and how sure that is."""
        if len(word) < 3:
            return {word: 1.0} if word in self.holders else {}
        near = process.extract(
            word,
            self.vocabulary,
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=ALIKE,
            limit=None,
        )
        alike = {other: score if other == word else UNSURE * score for other, score, _ in near}
        for other in self.vocabulary:
            if other.startswith(word) and other != word:
                alike[other] = UNSURE
        return alike

    def _rarity(self, alike: dict[str, float]) -> float:
        """A word that few organismes have says more than one that many have: « maitrise » than « club »."""
        holders = max((len(self.holders[word]) for word in alike), default=OF_NOBODY * len(self.listed))
        return 1 + math.log((1 + len(self.listed)) / (1 + holders))


# --- The index in memory ----------------------------------------------------------------------

# One a process, like the fonts of the PDFs, of each database that is asked.
_kept: dict[str, _Index] = {}
_one_at_a_time = threading.Lock()


def _current_index(using: str) -> _Index:
    version = DirectoryVersion.current(using=using)
    with _one_at_a_time:
        if using not in _kept or _kept[using].version != version:
            _kept[using] = _read_index(using)
        return _kept[using]


def _read_index(using: str) -> _Index:
    with one_server(using):
        # Before the organismes: they may be newer than their version, never older.
        version = DirectoryVersion.current(using=using)
        if using in _kept and _kept[using].version == version:
            # A copy that is behind: it has nothing new.
            return _kept[using]
        return _Index(version, _read(using))


def _read(using: str) -> list[_Listed]:
    offers: defaultdict[int, list[Offer]] = defaultdict(list)
    for offer in Offer.objects.using(using).select_related("activity").order_by("pk"):
        offers[offer.partner_id].append(offer)
    partners = Partner.objects.using(using).select_related("commune").order_by("name", "pk")
    return [_listed(partner, offers[partner.pk]) for partner in partners]


def _listed(partner: Partner, offers: list[Offer]) -> _Listed:
    beside = " ".join([partner.commune.name, *(offer.activity.name for offer in offers)])
    return _Listed(
        pk=partner.pk,
        name=partner.name,
        words=dict.fromkeys(_words(beside), BESIDE) | dict.fromkeys(_words(partner.name), NAME),
        commune=partner.commune_id,
        offers=frozenset((offer.kind, offer.activity_id) for offer in offers),
        accessible=partner.accessible,
        position=partner.position,
        affiliated_from=partner.affiliated_from,
        affiliated_until=partner.affiliated_until,
    )


def _words(text: str) -> list[str]:
    """Simplified and without empty words; what is short is written out."""
    simple = simplified(BETWEEN_INITIALS.sub("", text))
    long = " ".join(SHORT.get(word, word) for word in simple.split()).split()
    return [word for word in long if not EMPTY_WORDS.fullmatch(word)] or long


def _kilometres(here: Position, there: Position) -> float:
    """As the crow flies, on a sphere."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (here, there))
    squared = math.sin((lat2 - lat1) / 2) ** 2 + (
        math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(min(1, math.sqrt(squared)))
