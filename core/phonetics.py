"""Rows whose names sound like what was said."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Model, Q, QuerySet
from rapidfuzz import fuzz, process

from .french import sound
from .spelling import simplified

# Of a hundred: « lefebvre » is 93 like « lefevre ».
LIKE_ENOUGH = 70
NEAREST = 12
MOST_WORDS = 5


def most_alike(rows: QuerySet[Model], names: Iterable[str], said: str) -> QuerySet[Any]:
    """The rows in which each word said is like one of the names, or like a word of it."""
    heard = simplified(said).split()
    # « le », « de »: half of the names have them.
    words = ([word for word in heard if len(word) > 2] or heard)[:MOST_WORDS]
    if not words:
        return rows.none()
    known = {name: _by_sound(rows, name) for name in names}
    for word in words:
        like = Q()
        for name, writings in known.items():
            like |= Q(**{f"{name}__in": _nearest(word, writings)})
        rows = rows.filter(like)
    return rows


def _by_sound(rows: QuerySet[Model], name: str) -> dict[str, set[str]]:
    """How the writings of a name sound that there are, as a whole and word by word."""
    writings: dict[str, set[str]] = defaultdict(set)
    for writing in rows.order_by().values_list(name, flat=True).distinct():
        plain = simplified(writing)
        # « legal » is LE GALL.
        for part in (plain, plain.replace(" ", ""), *plain.split()):
            writings[_sound(part)].add(writing)
    return writings


# Of thirty thousand names, each time somebody is misheard.
_sound = lru_cache(maxsize=200_000)(sound)


def _nearest(word: str, writings: dict[str, set[str]]) -> set[str]:
    found = process.extract(
        sound(word), list(writings), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=NEAREST
    )
    return {writing for sound, _, _ in found for writing in writings[sound]}
