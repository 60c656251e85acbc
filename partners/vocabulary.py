"""The words that the directory knows, found again where they are joined, parted or misspelt."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from core.french import (
    EVERYDAY_WORDS,
    JOINING,
    LONGEST_WORD,
    SHORTEST_PART,
    elided,
    is_misspelling,
    parted,
    sound,
)

from .words import SOFT, Word, singular

# Two words so much alike may be the same: « renne » and « reine » are 0.8. Of those the likest, or nearly.
ALIKE, AS_ALIKE = 0.7, 0.08
# What is heard as the word.
HEARD = 0.97
# A word that short is not misspelt, it is another one.
SHORTEST = 4
# Only a long word that leaves nobody out is recognised misspelt: « profeseur ».
SHORTEST_SOFT = 7


class Vocabulary:
    """`words` are those of organismes and activities, `joined` those that are right only if typed so
    (« pingpong »), `towns` no misspelling of anything else.
    """

    def __init__(self, words: Iterable[str], joined: Collection[str], towns: frozenset[str]) -> None:
        self._telling = frozenset(words)
        self.known = self._telling | SOFT | frozenset(joined)
        self._in_order = sorted(self.known)
        self._towns = towns
        soft = {word for word in SOFT if len(word) >= SHORTEST_SOFT}
        self._likely = sorted((self._telling - SOFT - towns) | soft | {*joined})
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._likely:
            self._by_sound[sound(word)].append(word)
        # Phrases ask first, then each word for itself.
        self.nearest = lru_cache(maxsize=100)(self._nearest)

    def __contains__(self, word: str) -> bool:
        return word in self.known or word in self._towns

    def beginning_with(self, word: str) -> Iterator[str]:
        first = bisect_left(self._in_order, word)
        return takewhile(lambda other: other.startswith(word), islice(self._in_order, first, None))

    def opened(self, word: Word) -> list[Word]:
        """« lescalade » → « escalade », « judosceaux » → « judo », « sceaux »; any other word as it is."""
        simple = word.simple
        if simple in self or not simple.isalpha() or len(simple) > LONGEST_WORD:
            return [word]
        rest = elided(simple, before_nouns=True)
        if rest and len(rest) >= SHORTEST_PART and self._has(rest):
            return [Word(singular(rest), word.typed[len(simple) - len(rest) :])]
        parts = () if any(self.beginning_with(simple)) else parted(simple, self._is_part)
        if any(singular(part) in self._telling for part in parts):
            return [Word(singular(part), part) for part in parts if part not in JOINING]
        return [word]

    def _has(self, part: str) -> bool:
        return singular(part) in self

    def _is_part(self, part: str) -> bool:
        """« toussaint » is not « tous saint »."""
        return self._has(part) and part not in EVERYDAY_WORDS

    def joined(self, words: Iterable[Word]) -> Iterator[Word]:
        """Joined as the directory has them: « basket ball »."""
        waiting: Word | None = None
        for word in words:
            if waiting is None:
                waiting = word
                continue
            both = Word(waiting.simple + word.simple, f"{waiting.typed} {word.typed}")
            if both.simple in self.known:
                waiting = both
            else:
                yield waiting
                waiting = word
        if waiting is not None:
            yield waiting

    def _nearest(self, word: str) -> Sequence[tuple[str, float]]:
        """The words that it may be a misspelling of, and how much alike they are."""
        if not SHORTEST <= len(word) <= LONGEST_WORD:
            return []
        if heard := self._by_sound.get(sound(word)):
            return [(other, HEARD) for other in heard]
        scorer = DamerauLevenshtein.normalized_similarity
        alike = process.extract(word, self._likely, scorer=scorer, score_cutoff=ALIKE, limit=None)
        near = [(other, likeness) for other, likeness, _ in alike if is_misspelling(word, other)]
        best = max((likeness for _, likeness in near), default=0)
        return [(other, likeness) for other, likeness in near if likeness >= best - AS_ALIKE]
