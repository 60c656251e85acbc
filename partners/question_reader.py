"""Reads what somebody typed into the directory, with the words that the directory has."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from core.spelling import simplified

from .places import Place, Places
from .question import Question, Term
from .vocabulary import Vocabulary
from .words import AROUND, OF_AGE, SOFT, Word, long_for, simple_words, typed_words

# More words than anybody types; each costs as much as the others. Those that leave nobody out cost little.
MOST_WORDS, MOST_TELLING = 40, 12
# What is only the beginning of a word, another word for it, or only alike, never outweighs the word itself.
UNSURE = 0.9
# « la », « de », « de la »: so many articles stand between the words of a name.
MOST_SMALL = 2
# A shorter one begins too many, and alone says nothing.
SHORTEST = 3


class Listed(Protocol):
    @property
    def pk(self) -> int: ...
    @property
    def words(self) -> dict[str, float]: ...
    @property
    def initials(self) -> frozenset[str]: ...
    @property
    def offers(self) -> frozenset[tuple[str, int]]: ...


@dataclass
class _Meaning:
    """What a synonym means: the activities that are offered, and who offers one of them."""

    activities: set[str] = field(default_factory=set)
    holders: dict[int, float] = field(default_factory=dict)


class QuestionReader:
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
        doing: defaultdict[int, set[int]] = defaultdict(set)
        self._count = 0
        for one in listed:
            self._count += 1
            for word, sureness in one.words.items():
                self._words[word][one.pk] = sureness
            for initials in one.initials:
                self._initials[initials][one.pk] = UNSURE
            for _, activity in one.offers:
                doing[activity].add(one.pk)
        self._shown = {word: shown for name in activities.values() for word, shown in _as_written(name)}
        self._of_activities = {word for name in activities.values() for word in simple_words(name)}
        self._phrases_shown: dict[tuple[str, ...], str] = {}
        self._meanings: defaultdict[tuple[str, ...], _Meaning] = defaultdict(_Meaning)
        joined = self._learn(activities, doing, list(synonyms))
        self._phrases_known = sorted((key for key in self._meanings if len(key) > 1), key=len, reverse=True)
        telling = {*self._words, *self._initials, *(word for key in self._meanings for word in key)} - joined
        self._vocabulary = Vocabulary(telling, joined, places.words)

    def _learn(
        self,
        activities: Mapping[int, str],
        doing: Mapping[int, set[int]],
        synonyms: Iterable[tuple[str, str]],
    ) -> set[str]:
        """Returns what synonyms of several words are when they are joined: « pingpong »."""
        by_words = {pk: frozenset(simple_words(name)) for pk, name in activities.items()}
        of_places: list[tuple[str, Place]] = []
        all_joined: set[str] = set()
        for typed, means in synonyms:
            words_typed = simple_words(typed)
            if not words_typed:
                continue
            self._shown |= {word: shown for word, shown in _as_written(typed) if word not in self._shown}
            self._phrases_shown.setdefault(tuple(sorted(words_typed)), typed)
            if place := self._places.named(means):
                of_places.append((typed, place))
                continue
            wanted = frozenset(simple_words(means))
            self._phrases_shown[tuple(sorted(wanted))] = means.lower()
            offered = [pk for pk, words in by_words.items() if wanted <= words]
            joined = "".join(words_typed)
            if len(words_typed) > 1:
                all_joined.add(joined)
                self._shown.setdefault(joined, typed)
            # « ping pong », « pong ping », « pingpong ».
            for key in {tuple(sorted(words_typed)), (joined,)}:
                self._add_meaning(key, wanted, {pk: activities[pk] for pk in offered}, doing)
            if not offered:
                # It is known, and nobody does it.
                self._meanings.setdefault(tuple(sorted(wanted)), _Meaning())
        self._places.also_called(of_places)
        return all_joined - self._words.keys()

    def _add_meaning(
        self,
        key: tuple[str, ...],
        wanted: Iterable[str],
        offered: Mapping[int, str],
        doing: Mapping[int, set[int]],
    ) -> None:
        meaning = self._meanings[key]
        for activity, name in offered.items():
            meaning.activities.add(name.lower())
            for pk in doing[activity]:
                # First those that have it in their name.
                sureness = UNSURE * min(self._words[word].get(pk, UNSURE) for word in wanted)
                meaning.holders[pk] = max(meaning.holders.get(pk, 0), sureness)

    def read(self, text: str) -> Question:
        typed = typed_words(text)[:MOST_WORDS]
        words = _first_telling([part for word in typed for part in self._vocabulary.opened(word)])
        if not words:
            return Question()
        if around := [word for word in words if word.simple in AROUND and len(words) > 1]:
            words = [word for word in words if word not in around]
        phrases, words = self._phrases(words, text)
        place, rest, misspelt = self._places.take(words, self._vocabulary.known)
        place_words = tuple(word.simple for word in words if word not in rest) if place else ()
        asked, soft = self._terms(rest)
        # In the order in which they were typed, to be told again.
        asked = sorted(phrases + asked, key=lambda term: text.find(term.typed.split()[0]))
        required = [term for term in asked if term.holders]
        if not asked and not place and any(term.holders for term in soft):
            # « club » alone: better those that are called so than all.
            required, soft = [term for term in soft if term.holders], []
        wanting = [term for term in asked if not term.holders]
        return Question(
            required=tuple(required),
            soft=tuple(term for term in soft if term.holders),
            unknown=tuple(term for term in wanting if term.is_unknown),
            unoffered=tuple(term for term in wanting if not term.is_unknown),
            place=place,
            place_words=place_words,
            misspelt_place=_as_typed(misspelt, text),
            around=bool(around),
        )

    def _terms(self, words: list[Word]) -> tuple[list[Term], list[Term]]:
        """What was asked for, and what leaves nobody out."""
        asked: list[Term] = []
        soft: list[Term] = []
        for word in self._vocabulary.joined(words):
            if _is_soft(word):
                has_it = _surest(self._initials.get(word.simple, {}), self._words.get(word.simple, {}))
                soft.append(self._term(word.typed, has_it))
                continue
            term = self._of_word(word)
            if term.taken in SOFT:
                soft.append(term)
            elif term.holders or len(word.simple) >= SHORTEST or len(words) == 1:
                asked.append(term)
        return asked, soft

    def _phrases(self, words: list[Word], text: str) -> tuple[list[Term], list[Word]]:
        """« danse classique », « tennis de table »: what several words mean together, misspelt or not."""
        terms = []
        strange = {word: self._nearest(word) for word in words if word.simple not in self._vocabulary}
        for key in self._phrases_known:
            exact = [word for word in words if word.simple in key]
            if not exact and not strange:
                continue
            lacking = {*key} - {word.simple for word in exact}
            misspelt = [word for word in words if word in strange and lacking & strange[word]]
            if not lacking <= {part for word in misspelt for part in strange[word]}:
                continue
            meaning = self._meanings[key]
            holders = {**meaning.holders, **dict.fromkeys(self._all_of(key), 1.0)}
            if not holders and all(part in self._words for part in key):
                continue
            of_it = [word for word in words if word in exact or word in misspelt]
            typed = _as_typed(" ".join(word.typed for word in of_it), text)
            shown = self._phrases_shown.get(key, "")
            terms.append(
                self._term(
                    typed,
                    holders,
                    shown=shown,
                    taken=shown if misspelt else "",
                    activities=meaning.activities,
                )
            )
            words = [word for word in words if word not in of_it]
        return terms, words

    def _nearest(self, word: Word) -> set[str]:
        return {other for other, _ in self._vocabulary.nearest(word.simple)}

    def _all_of(self, words: Iterable[str]) -> set[int]:
        """Who has all of these words."""
        sets = [set(self._words.get(word, {})) for word in words]
        return set.intersection(*sets) if sets else set()

    def _of_word(self, word: Word) -> Term:
        holders = self._holders(word.simple)
        if holders or (word.simple,) in self._meanings:
            shown = self._shown.get(word.simple, "")
            return self._term(
                word.typed, holders, shown=shown, activities=self._activities_meant(word.simple)
            )
        return self._misspelt(word)

    def _holders(self, word: str) -> dict[int, float]:
        """Who has this word, another one for it, what it is short for, or one that begins with it."""
        meant = self._meanings[word,].holders if (word,) in self._meanings else {}
        begins = not meant and (word in self._words or word not in self._vocabulary.known)
        return _surest(
            dict.fromkeys(self._all_of(long_for(word)), UNSURE),
            self._initials.get(word, {}),
            self._beginning(word) if begins and len(word) >= SHORTEST else {},
            meant,
            self._words.get(word, {}),
        )

    def _beginning(self, word: str) -> dict[int, float]:
        others = (other for other in self._vocabulary.beginning_with(word) if other != word)
        return _surest(*(_times(UNSURE, self._anybody(other)) for other in others))

    def _anybody(self, word: str) -> Mapping[int, float]:
        """Who has this word of the vocabulary, or what it means."""
        meaning = self._meanings.get((word,))
        return {**self._words.get(word, {}), **(meaning.holders if meaning else {})}

    def _misspelt(self, word: Word) -> Term:
        near = [pair for pair in self._vocabulary.nearest(word.simple) if self._says_something(pair[0])]
        if not near:
            return self._term(word.typed, {}, is_unknown=True)
        holders = _surest(*(_times(UNSURE * likeness, self._anybody(other)) for other, likeness in near))
        taken, _ = max(near, key=lambda pair: (pair[0] in self._of_activities, pair[1], pair[0]))
        activities = self._activities_meant(taken)
        return self._term(word.typed, holders, taken=self._shown.get(taken, taken), activities=activities)

    def _says_something(self, word: str) -> bool:
        """Whether it does so alone: « skating » is only known of « ice skating »."""
        return word in self._words or (word,) in self._meanings or word in SOFT

    def _activities_meant(self, word: str) -> Iterable[str]:
        """What it is another word for, unless organismes have it themselves."""
        meaning = self._meanings.get((word,))
        return meaning.activities if meaning and word not in self._words else ()

    def _term(
        self,
        typed: str,
        holders: Mapping[int, float],
        *,
        shown: str = "",
        taken: str = "",
        activities: Iterable[str] = (),
        is_unknown: bool = False,
    ) -> Term:
        """A word that few organismes have says more than one that many have: « maitrise » than « danse »."""
        weight = 1 + math.log((1 + self._count) / (1 + len(holders)))
        names = [*activities]
        return Term(typed, holders, weight, shown, taken, names[0] if len(names) == 1 else "", is_unknown)


def _is_soft(word: Word) -> bool:
    return word.simple in SOFT or OF_AGE.fullmatch(word.simple) is not None


def _first_telling(words: Iterable[Word]) -> list[Word]:
    """Only the first of those that say what is wanted."""
    kept: list[Word] = []
    telling = 0
    for word in words:
        telling += not _is_soft(word)
        if telling <= MOST_TELLING:
            kept.append(word)
    return kept


def _as_typed(words: str, text: str) -> str:
    """« bourg rene » → « bourg la rene », if that is how it was typed."""
    several = words.split()
    if len(several) < 2 or several[0] not in text:
        return words
    start = text.index(several[0])
    typed = text[start : text.find(several[-1], start) + len(several[-1])]
    return typed if len(several) <= len(typed.split()) <= len(several) + MOST_SMALL else words


def _surest(*several: Mapping[int, float]) -> dict[int, float]:
    surest: dict[int, float] = {}
    for holders in several:
        for pk, sureness in holders.items():
            surest[pk] = max(surest.get(pk, 0), sureness)
    return surest


def _times(factor: float, holders: Mapping[int, float]) -> dict[int, float]:
    return {pk: factor * sureness for pk, sureness in holders.items()}


def _as_written(name: str) -> Iterator[tuple[str, str]]:
    """Each simple word of a name, and how it is written in the middle of a sentence."""
    for word in typed_words(name):
        # A misspelling is told as one word: « équitation » for « equitasion ».
        if simplified(word.typed).startswith(word.simple):
            yield word.simple, word.typed.lower()
