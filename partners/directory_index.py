"""The in-memory index of the directory, and the scores of its organismes."""

import datetime as dt
import math
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from .words import words_of

# More words than anybody types; each costs as much as the others.
MOST_WORDS = 12
# Two words so much alike may be the same: « renne » and « reine » are 0.8.
ALIKE = 0.7
# What is only the beginning of a word, or only alike, never outweighs the word itself.
UNSURE = 0.9
# An organisme is shown if it answers so much of the question, and nearly as much as the best one.
ENOUGH, NEARLY = 0.5, 0.8
# A word that nobody has counts like one that so many have: it neither decides nor is overlooked.
OF_NOBODY = 0.1

Position = tuple[float, float]


@dataclass(frozen=True)
class Wanted:
    """A query of the directory; empty fields do not filter. `near` is in degrees, latitude first."""

    on: dt.date
    words: str = ""
    commune: str = ""
    kind: str = ""
    activity: int | None = None
    accessible: bool = False
    near: Position | None = None


@dataclass(frozen=True, slots=True)
class Indexed:
    """An indexed organisme. `words` are its words and their weights."""

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


class DirectoryIndex:
    """An inverted index: which organismes have which words."""

    def __init__(self, version: uuid.UUID | None, listed: Iterable[Indexed]) -> None:
        self.version = version
        self.listed = {one.pk: one for one in listed}
        self.holders: defaultdict[str, list[int]] = defaultdict(list)
        for one in self.listed.values():
            for word in one.words:
                self.holders[word].append(one.pk)
        self.vocabulary = list(self.holders)
        # In September a thousand families ask for judo; who asks where it is near asks the same.
        self.answering = lru_cache(maxsize=100)(self._answering)

    def _answering(self, wanted: Wanted) -> Sequence[Indexed]:
        """Those that answer, the best first, else by name; how near they are is another question."""
        if not words_of(wanted.words):
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
        for word in words_of(question)[:MOST_WORDS]:
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
