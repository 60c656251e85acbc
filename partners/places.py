"""Recognises the communes in what somebody typed: by name, by its beginning, by postcode, misspelt."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from core.french import sound
from core.position import Position

from .words import Word, simple_words

# A name of a commune misspelt, « montrouje »: 0.89; two other words, « sceau » and « seau »: 0.8.
ALIKE = 0.79
# Beside the rest of its name, « chatenet malabry ».
BESIDE = 0.7
# Heard as the name, « issi »; or its beginning.
HEARD, BEGUN = 0.95, 0.9
# A word that short is some other word.
SHORTEST = 5
# The first word of a commune that is no name of it.
GENERAL = frozenset({"saint", "boi", "bourg", "ville"})


@dataclass(frozen=True)
class Place:
    """A commune that was asked for: its INSEE code, its name, and its centre in degrees."""

    code: str
    name: str
    position: Position


class Taken(NamedTuple):
    """A commune that was found, the words that are left, and how it was written if that was wrong."""

    place: Place | None
    rest: list[Word]
    misspelt: str = ""


class Places:
    """Each way to write a commune, as a sequence of simple words."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_code = {place.code: place for place in places}
        self.postcodes: dict[str, Place] = {}
        self._names: dict[tuple[str, ...], Place] = {}
        for place in self.by_code.values():
            self._names[tuple(simple_words(place.name))] = place
        self._full = list(self._names.items())
        firsts = Counter(name[0] for name, _ in self._full)
        for name, place in self._full:
            if firsts[name[0]] == 1 and name[0] not in GENERAL:
                self._names.setdefault(name[:1], place)
            # « bourglareine », « stcloud ».
            joined = "".join(name)
            self._names.setdefault((joined,), place)
            self._names.setdefault((joined.replace("saint", "st"),), place)
        self._measure()

    def _measure(self) -> None:
        self.words = frozenset(word for name in self._names for word in name)
        self._sounds = {word: sound(word) for word in self.words}
        self.longest = max(map(len, self._names), default=0)

    def also_called(self, names: Iterable[tuple[str, Place]]) -> None:
        for name, place in names:
            self._names.setdefault(tuple(simple_words(name)), place)
        self._measure()

    def named(self, name: str) -> Place | None:
        """The commune that is called exactly so, accents and capitals forgiven."""
        return self._names.get(tuple(simple_words(name)))

    def take(self, words: list[Word], known: Container[str]) -> Taken:
        """The first commune of the question, and the other words. What is `known` is not misspelt."""
        for index, word in enumerate(words):
            if place := self.postcodes.get(word.simple):
                return Taken(place, words[:index] + words[index + 1 :])
        simple = [word.simple for word in words]
        for size in range(min(self.longest, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                if place := self._names.get(tuple(simple[start : start + size])):
                    # « garene colombe » is not Colombes.
                    return self._misspelt(words, known, longer_than=size) or Taken(
                        place, self._rest(place, words[:start], words[start + size :])
                    )
        return self._misspelt(words, known) or Taken(None, words)

    def _rest(self, place: Place, before: list[Word], after: list[Word]) -> list[Word]:
        """Without what else of its name stands beside it: « Issy les Moul », « Châtenay Malabri »."""
        name = simple_words(place.name)
        while after and any(_is_part(after[0].simple, part) for part in name):
            after = after[1:]
        while before and any(_is_part(before[-1].simple, part) for part in name):
            before = before[:-1]
        return before + after

    def _misspelt(self, words: list[Word], known: Container[str], *, longer_than: int = 0) -> Taken | None:
        best: tuple[float, int, int, Place] | None = None
        simple = [word.simple for word in words]
        if all(word in known or word in self.words for word in simple):
            return None
        sounds = [sound(word) for word in simple]
        for name, place in self._names.items():
            size = len(name)
            for start in range(len(words) - size + 1 if size > longer_than else 0):
                window = slice(start, start + size)
                likeness = self._likeness(simple[window], sounds[window], name, known)
                if likeness >= ALIKE and (best is None or (size, likeness) > (best[2], best[0])):
                    best = likeness, start, size, place
        if best is None:
            return None
        _, start, size, place = best
        misspelt = " ".join(word.typed for word in words[start : start + size])
        return Taken(place, self._rest(place, words[:start], words[start + size :]), misspelt)

    def _likeness(
        self, asked: Sequence[str], heard: Sequence[str], name: Sequence[str], known: Container[str]
    ) -> float:
        """The least of its words', one of which at least is misspelt."""
        likenesses = []
        for word, as_heard, part in zip(asked, heard, name, strict=True):
            if word == part:
                likenesses.append(1.0)
            elif word in known or len(word) < SHORTEST - 1:
                return 0
            elif as_heard == self._sounds[part]:
                likenesses.append(HEARD)
            elif len(word) < SHORTEST - (len(name) > 1):
                return 0
            elif len(word) >= SHORTEST and part.startswith(word):
                likenesses.append(BEGUN)
            else:
                likenesses.append(DamerauLevenshtein.normalized_similarity(word, part))
        return min(likenesses)


def _is_part(word: str, part: str) -> bool:
    if len(word) >= 3 and part.startswith(word):
        return True
    return len(word) >= SHORTEST - 1 and DamerauLevenshtein.normalized_similarity(word, part) >= BESIDE


def postcodes_of(written: Iterable[tuple[str, Place]]) -> Mapping[str, Place]:
    """Each postcode and the commune in which most organismes write it."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    places = {}
    for postcode, place in written:
        if postcode:
            counts[postcode][place.code] += 1
            places[place.code] = place
    return {postcode: places[of.most_common(1)[0][0]] for postcode, of in counts.items()}
