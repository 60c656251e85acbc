"""Rows whose names sound like what was said."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from rapidfuzz import fuzz, process

from .french import sound
from .spelling import simplified

# Of a hundred: « lefebvre » is 93 like « lefevre ».
LIKE_ENOUGH = 70
NEAREST = 12
MOST_WORDS = 5
# Seconds: somebody new is found by the exact name until then.
KEPT_FOR = 300.0


def most_alike(rows: QuerySet[Model], names: Iterable[str], said: str) -> QuerySet[Any]:
    """The rows in which each word said is like one of the names, or like a word of it."""
    heard = simplified(said).split()
    # « le », « de »: half of the names have them.
    words = ([word for word in heard if len(word) > 2] or heard)[:MOST_WORDS]
    if not words:
        return rows.none()
    known = {name: _names(rows.model, name) for name in names}
    for word in words:
        like = Q()
        for name, writings in known.items():
            like |= Q(**{f"{name}__in": _nearest(word, writings)})
        rows = rows.filter(like)
    return rows


@dataclass(frozen=True)
class _Names:
    """How the names sound that there are, as a whole and word by word, and the writings of each."""

    writings: Mapping[str, set[str]]
    sounds: Sequence[str]
    until: float


# One a process, of each model and column: to read fifty thousand names takes longer than to compare them.
_kept: dict[tuple[type[Model], str], _Names] = {}


def forget() -> None:
    """Read the names again at the next question."""
    _kept.clear()


def _names(model: type[Model], name: str) -> _Names:
    kept = _kept.get((model, name))
    if kept is None or kept.until < time.monotonic():
        kept = _kept[model, name] = _read(model, name)
    return kept


def _read(model: type[Model], name: str) -> _Names:
    writings: dict[str, set[str]] = defaultdict(set)
    rows = model._default_manager.order_by().values_list(name, flat=True).distinct()
    for writing in rows:
        plain = simplified(writing)
        # « legal » is LE GALL.
        for part in (plain, plain.replace(" ", ""), *plain.split()):
            writings[sound(part)].add(writing)
    return _Names(writings, list(writings), time.monotonic() + KEPT_FOR)


def _nearest(word: str, names: _Names) -> set[str]:
    found = process.extract(
        sound(word), names.sounds, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=NEAREST
    )
    return {writing for sound, _, _ in found for writing in names.writings[sound]}
