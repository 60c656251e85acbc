"""Reads what somebody typed into the directory, with the words that the directory has."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from core.spelling import simplified

from .places import Place, Places
from .words import AROUND, OF_AGE, SOFT, Word, long_for, simple_words, typed_words

# More words than anybody types; each costs as much as the others.
MOST_WORDS = 12
# Two words so much alike may be the same: « renne » and « reine » are 0.8. Of those the likest, or nearly.
ALIKE, AS_ALIKE = 0.7, 0.08
# A word that short is not misspelt, it is another one.
SHORTEST = 4
# What is only the beginning of a word, another word for it, or only alike, never outweighs the word itself.
UNSURE = 0.9
# A word that nobody has counts like one that so many have: it neither decides nor is overlooked.
OF_NOBODY = 0.1


class Listed(Protocol):
    @property
    def pk(self) -> int: ...
    @property
    def words(self) -> dict[str, float]: ...
    @property
    def initials(self) -> frozenset[str]: ...
    @property
    def offers(self) -> frozenset[tuple[str, int]]: ...


@dataclass(frozen=True)
class Term:
    """One thing that was asked for: who has it and how surely, and how much it says of them.

    `typed` is how it was written, `shown` how it should be; `taken` what it was taken for, if for another.
    """

    typed: str
    holders: Mapping[int, float]
    weight: float
    shown: str = ""
    taken: str = ""

    @property
    def meant(self) -> str:
        return self.taken or self.shown or self.typed


@dataclass(frozen=True)
class Question:
    """A question as it was understood: what each answer has to have, what it may have, and where."""

    required: tuple[Term, ...] = ()
    soft: tuple[Term, ...] = ()
    place: Place | None = None
    place_words: tuple[str, ...] = ()
    # How the place was written, if that was wrong.
    misspelt_place: str = ""
    around: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.required and not self.soft

    @property
    def meant(self) -> str:
        """What was asked for, apart from where: « judo », « maitrise ste marie »."""
        return " ".join(term.meant for term in self.required)

    def score(self, pk: int) -> float | None:
        """How well it answers, from 0 to 1; None if it wants a word."""
        if any(pk not in term.holders for term in self.required):
            return None
        return self.share(pk)

    def share(self, pk: int) -> float:
        """How much of what is required, and had by anybody, it has: from 0 to 1."""
        return _share([term for term in self.required if term.holders], pk)

    def soft_share(self, pk: int) -> float:
        return _share(self.soft, pk)


def _share(terms: Sequence[Term], pk: int) -> float:
    total = sum(term.weight for term in terms)
    return sum(term.weight * term.holders.get(pk, 0) for term in terms) / total if total else 0


class Reader:
    """An inverted index of the words of the directory, and the synonyms that staff keep."""

    def __init__(
        self,
        listed: Iterable[Listed],
        places: Places,
        activities: Mapping[int, str],
        synonyms: Iterable[tuple[str, str]],
    ) -> None:
        self._places = places
        self._words: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._initials: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._doing: defaultdict[int, set[int]] = defaultdict(set)
        self._count = 0
        for one in listed:
            self._count += 1
            for word, sureness in one.words.items():
                self._words[word][one.pk] = sureness
            for initials in one.initials:
                self._initials[initials][one.pk] = UNSURE
            for _, activity in one.offers:
                self._doing[activity].add(one.pk)
        self._shown = {word: shown for name in activities.values() for word, shown in _as_written(name)}
        self._synonyms: defaultdict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
        self._learn(activities, synonyms)
        self._vocabulary = [*self._words, *(key[0] for key in self._synonyms if len(key) == 1), *SOFT]
        self._likely = [word for word in self._vocabulary if word not in places.words]
        self._of_activities = {word for name in activities.values() for word in simple_words(name)}
        self._known = frozenset({*self._vocabulary, *(word for key in self._synonyms for word in key)})

    def _learn(self, activities: Mapping[int, str], synonyms: Iterable[tuple[str, str]]) -> None:
        by_words = {pk: frozenset(simple_words(name)) for pk, name in activities.items()}
        for typed, means in synonyms:
            words_typed = simple_words(typed)
            if not words_typed:
                continue
            wanted = frozenset(simple_words(means))
            self._shown |= {word: shown for word, shown in _as_written(typed) if word not in self._shown}
            self._shown.setdefault(" ".join(words_typed), typed)
            if place := self._places.named(means):
                self._places.also_called(typed, place)
                continue
            # « ping pong », « pong ping », « pingpong ».
            for key in {tuple(sorted(words_typed)), ("".join(words_typed),)}:
                holders = self._synonyms[key]
                for activity in (pk for pk, words in by_words.items() if wanted <= words):
                    for pk in self._doing[activity]:
                        # First those that have it in their name.
                        sureness = UNSURE * min(self._words[word].get(pk, UNSURE) for word in wanted)
                        holders[pk] = max(holders.get(pk, 0), sureness)

    def read(self, text: str) -> Question:
        words = typed_words(text)[:MOST_WORDS]
        if not words:
            return Question()
        if around := [word for word in words if word.simple in AROUND and len(words) > 1]:
            words = [word for word in words if word not in around]
        phrases, words = self._phrases(words)
        place, rest, misspelt = self._places.take(words, self._known)
        place_words = tuple(word.simple for word in words if word not in rest) if place else ()
        required, soft = self._terms(rest)
        required += phrases
        # In the order in which they were typed, to be told again.
        required.sort(key=lambda term: text.find(term.typed.split()[0]))
        if soft and not required and not place:
            # « club » alone: better those that are called so than nothing.
            required, soft = [term for term in soft if term.holders], []
        return Question(
            tuple(required),
            tuple(term for term in soft if term.holders),
            place,
            place_words,
            misspelt,
            bool(around and place),
        )

    def _terms(self, words: list[Word]) -> tuple[list[Term], list[Term]]:
        required: list[Term] = []
        soft: list[Term] = []
        for word in self._joined(words):
            if word.simple in SOFT or OF_AGE.fullmatch(word.simple):
                soft.append(self._term(word.typed, self._words.get(word.simple, {})))
                continue
            term = self._of_word(word)
            (soft if term.taken and term.taken in SOFT else required).append(term)
        return required, soft

    def _phrases(self, words: list[Word]) -> tuple[list[Term], list[Word]]:
        """« danse classique », « tennis de table »: what several words mean together."""
        terms = []
        for key in sorted((key for key in self._synonyms if len(key) > 1), key=len, reverse=True):
            simple = [word.simple for word in words]
            if all(part in simple for part in key):
                holders = dict(self._synonyms[key])
                for pk in self._all_of(key):
                    holders[pk] = 1.0
                terms.append(self._term(" ".join(it.typed for it in words if it.simple in key), holders))
                words = [word for word in words if word.simple not in key]
        return terms, words

    def _all_of(self, words: Iterable[str]) -> set[int]:
        """Who has all of these words."""
        sets = [set(self._words.get(word, {})) for word in words]
        return set.intersection(*sets) if sets else set()

    def _joined(self, words: list[Word]) -> Iterator[Word]:
        """Joined or parted as the directory has them: « basket ball », « pingpong »."""
        waiting: Word | None = None
        for word in words:
            if waiting is None:
                waiting = word
                continue
            both = Word(waiting.simple + word.simple, f"{waiting.typed} {word.typed}")
            if both.simple in self._known:
                waiting = both
            else:
                yield from self._parted(waiting)
                waiting = word
        if waiting is not None:
            yield from self._parted(waiting)

    def _parted(self, word: Word) -> Iterable[Word]:
        if word.simple in self._known or not word.typed.isalpha():
            return [word]
        for i in range(3, len(word.simple) - 2):
            first, second = word.simple[:i], word.simple[i:]
            if first in self._words and second in self._words:
                return [Word(first, first), Word(second, second)]
        return [word]

    def _of_word(self, word: Word) -> Term:
        holders = self._holders(word.simple)
        if holders or (word.simple,) in self._synonyms or len(word.simple) < 3:
            return self._term(word.typed, holders)
        return self._misspelt(word)

    def _holders(self, word: str) -> dict[int, float]:
        """Who has this word, another one for it, what it is short for, or one that begins with it."""
        holders: dict[int, float] = {}
        for pk in self._all_of(long_for(word)):
            holders[pk] = UNSURE
        synonym = self._synonyms.get((word,), {})
        beginning = {} if synonym or word in self._known else self._beginning(word)
        if word in self._words and not synonym and len(word) >= 3:
            beginning = self._beginning(word)
        for more in (self._initials.get(word, {}), beginning, synonym, self._words.get(word, {})):
            for pk, sureness in more.items():
                holders[pk] = max(holders.get(pk, 0), sureness)
        return holders

    def _beginning(self, word: str) -> dict[int, float]:
        holders: dict[int, float] = {}
        if len(word) < 3:
            return holders
        for other in self._vocabulary:
            if other != word and other.startswith(word):
                for pk, sureness in self._anybody(other).items():
                    holders[pk] = max(holders.get(pk, 0), UNSURE * sureness)
        return holders

    def _anybody(self, word: str) -> Mapping[int, float]:
        """Who has this word of the vocabulary, or what it means."""
        return {**self._words.get(word, {}), **self._synonyms.get((word,), {})}

    def _misspelt(self, word: Word) -> Term:
        near = process.extract(
            word.simple,
            self._likely,
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=ALIKE,
            limit=None,
        )
        if not near or len(word.simple) < SHORTEST:
            return self._term(word.typed, {})
        best = max(likeness for _, likeness, _ in near)
        likest = [(other, likeness) for other, likeness, _ in near if likeness >= best - AS_ALIKE]
        holders: dict[int, float] = {}
        for other, likeness in likest:
            for pk, sureness in self._anybody(other).items():
                holders[pk] = max(holders.get(pk, 0), UNSURE * likeness * sureness)
        taken, _ = max(likest, key=lambda pair: (pair[0] in self._of_activities, pair[1], pair[0]))
        return self._term(word.typed, holders, taken=self._shown.get(taken, taken))

    def _term(self, typed: str, holders: Mapping[int, float], *, taken: str = "") -> Term:
        """A word that few organismes have says more than one that many have: « maitrise » than « danse »."""
        count = len(holders) or OF_NOBODY * self._count
        weight = 1 + math.log((1 + self._count) / (1 + count))
        return Term(typed, holders, weight, self._shown.get(" ".join(simple_words(typed)), ""), taken)


def _as_written(name: str) -> Iterator[tuple[str, str]]:
    """Each simple word of a name, and how it is written in the middle of a sentence."""
    for word in typed_words(name):
        # A misspelling is told as one word: « équitation » for « equitasion ».
        if simplified(word.typed).startswith(word.simple):
            yield word.simple, word.typed.lower()
