"""The in-memory index of the directory, and the organismes that answer a question."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.position import Position
from core.spelling import french_order

from .places import Place, Places
from .question import Question, Term
from .question_reader import QuestionReader

# One that answers only some of the words answers so much of them, and nearly as much as the best one.
ENOUGH, NEARLY = 0.4, 0.8
# What nobody has to have puts first those that have it.
OF_SOFT_WORDS = 0.05
# Named after a town that it is not in.
ELSEWHERE = 0.8


# The version of the directory, and the day: offers end.
Edition = tuple[uuid.UUID | None, dt.date]


@dataclass(frozen=True)
class Wanted:
    """A query of the directory; empty fields do not filter. `near` is in degrees, latitude first.

    `around`: by distance from the commune, which then does not filter.
    """

    on: dt.date
    words: str = ""
    commune: str = ""
    around: bool = False
    kind: str = ""
    activity: int | None = None
    accessible: bool = False
    near: Position | None = None


@dataclass(frozen=True, slots=True)
class Indexed:
    """An indexed organisme. `words` are its words and their weights; `initials` its short names."""

    pk: int
    name: str
    words: dict[str, float]
    initials: frozenset[str]
    commune: str
    offers: frozenset[tuple[str, int]]
    accessible: bool
    position: Position
    affiliated_from: dt.date
    affiliated_until: dt.date | None

    def meets(self, wanted: Wanted) -> bool:
        """Whether it meets the criteria, its place apart."""
        return (
            self.affiliated_from <= wanted.on
            and (self.affiliated_until is None or wanted.on <= self.affiliated_until)
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


@dataclass(frozen=True)
class Answered:
    """The organismes that answer, the best first, and how the question was understood.

    `place`: the commune that was asked for; `elsewhere`: none of it answers, these are the others.
    `partly`: none has all the words; nobody has those that are `missing`.
    """

    listed: Sequence[Indexed]
    question: Question
    place: Place | None = None
    around: bool = False
    elsewhere: bool = False
    partly: bool = False
    missing: tuple[Term, ...] = ()


class DirectoryIndex:
    """Which organismes have which words, do which activities, and are in which commune."""

    def __init__(
        self,
        edition: Edition,
        listed: Iterable[Indexed],
        *,
        places: Places,
        activities: Mapping[int, str],
        synonyms: Iterable[tuple[str, str]],
    ) -> None:
        self.edition = edition
        self.listed = {one.pk: one for one in listed}
        self.places = places
        self._reader = QuestionReader(self.listed.values(), places, activities, synonyms)
        # In September a thousand families ask for judo; who asks where it is near asks the same.
        self.answering = lru_cache(maxsize=200)(self._answering)

    def _answering(self, wanted: Wanted) -> Answered:
        """How near they are is another question."""
        question = self._reader.read(wanted.words)
        place = question.place or self.places.by_code.get(wanted.commune)
        around = wanted.around or question.around
        there = "" if around or place is None else place.code
        if question.left_out and not question.required and place is None:
            # Not everything instead of what nobody has.
            return Answered((), question)
        meeting = [one for one in self.listed.values() if one.meets(wanted)]
        scores = {one.pk: question.score(one.pk) for one in meeting}
        whole = [one for one in meeting if scores[one.pk] is not None]
        here = [one for one in whole if there in ("", one.commune)]
        if there and question.place:
            here += self._named_after(question, whole, there)
        if here or not meeting:
            return Answered(self._ranked(here, question, there), question, place, around)
        if whole:
            return Answered(self._ranked(whole, question), question, place, elsewhere=True)
        return self._partly(question, meeting, place, there)

    def _partly(
        self, question: Question, meeting: Sequence[Indexed], place: Place | None, there: str
    ) -> Answered:
        """Those that have some of the words, in the commune if there are any."""
        elsewhere = False
        some = self._having_some(question, [one for one in meeting if there in ("", one.commune)])
        if there and not some:
            some, elsewhere = self._having_some(question, meeting), True
        missing = tuple(
            term for term in question.required if not any(one.pk in term.holders for one in meeting)
        )
        return Answered(
            some, question, place, elsewhere=elsewhere and bool(some), partly=True, missing=missing
        )

    def _having_some(self, question: Question, among: Sequence[Indexed]) -> list[Indexed]:
        shares = {one.pk: question.share(one.pk) for one in among}
        least = max(ENOUGH, NEARLY * max(shares.values(), default=0))
        having = [one for one in among if shares[one.pk] >= least]
        return sorted(having, key=lambda one: (-shares[one.pk], french_order(one.name), one.pk))

    def _named_after(self, question: Question, whole: Sequence[Indexed], there: str) -> list[Indexed]:
        """« STADE DE COLOMBES », wherever it is."""
        if not question.place_words:
            return []
        return [
            one
            for one in whole
            if one.commune != there and all(one.words.get(word, 0) >= 1 for word in question.place_words)
        ]

    def _ranked(self, listed: Sequence[Indexed], question: Question, there: str = "") -> list[Indexed]:
        if question.is_empty:
            return sorted(listed, key=lambda one: (french_order(one.name), one.pk))

        def rank(one: Indexed) -> tuple[float, int, str, int]:
            score = (question.score(one.pk) or 0) + OF_SOFT_WORDS * question.soft_share(one.pk)
            away = ELSEWHERE if there not in ("", one.commune) else 1
            return -round(score * away, 3), len(one.name), one.name, one.pk

        return sorted(listed, key=rank)
