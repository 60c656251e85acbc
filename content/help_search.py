"""Finds the questions that speak of what somebody typed: stems, other words, typing errors forgiven."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

import snowballstemmer
from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from core.french import EVERYDAY_WORDS, LONGEST_WORD, elided, is_misspelling, parted

from . import prose
from .facts import Facts
from .models import Audience, HelpTopic

MOST_ANSWERS = 5
# More words than a question has; each costs as much as the others.
MOST_TYPED, MOST_WORDS = 60, 15
# An answer has so much of what was asked, rare words counting more, and is not far behind the best.
ENOUGH, NEARLY = 0.3, 0.1
# How much it matters to have all that was asked.
COVERED = 2
# What a word is worth where it stands.
IN_QUESTION, IN_KEYWORDS, IN_ANSWER = 3.0, 3.0, 1.0
# A word that only begins alike, or is only alike.
BEGINNING, ALIKE = 0.8, 0.75
OF_NOBODY = 1.5
# Two words that follow one another there as well.
OF_A_PAIR = 0.25
# A question that is asked of somebody else.
OF_OTHERS = 0.4

# What nearly every question is about, and what is only the example in it: in stems.
GENERAL = frozenset(
    ["enfant", "ticket", "judo", "foot", "football", "tennis", "piscin", "dans", "musiqu", "pian"]
)
OF_GENERAL = 0.4

# What people write for what the answers say.
SAID_OTHERWISE = {
    "mdp": "mot passe",
    "password": "mot passe",
    "courriel": "email",
    "mails": "email",
    "mail": "email",
    "gmail": "email",
    "tel": "telephone",
    "portable": "telephone",
    "smartphone": "telephone",
    "login": "identifiant",
    "id": "identifiant",
    "pseudo": "identifiant",
    "sous": "argent",
    "fric": "argent",
    "thune": "argent",
    "euro": "argent",
    "bahut": "college",
    "fac": "lycee",
    "ado": "enfant",
    "fils": "enfant",
    "fille": "enfant",
    "gosse": "enfant",
    "coupon": "ticket",
    "cheque": "ticket",
    "asso": "organisme",
    "association": "organisme",
    "club": "organisme",
    "flash": "scanner",
    **dict.fromkeys(["jusqua", "jusquau", "jusqau"], "jusqu"),
    **dict.fromkeys(["recois", "recoit", "recevoir", "recoivent", "recue", "recus", "recues"], "recu"),
    **dict.fromkeys(["paie", "paies", "paiement", "regler"], "payer"),
    **dict.fromkeys(["finit", "finir", "termine", "terminer", "finie"], "fin"),
    "qrcode": "qr",
    "payant": "gratuit",
    **dict.fromkeys("23456789", "plusieurs"),
}


@dataclass(frozen=True)
class _Document:
    """The stems of a question, what each is worth by where it stands, and those that follow one another."""

    worths: dict[str, float]
    question: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def find(
    typed: str, topics: Iterable[HelpTopic], facts: Facts, *, audience: str = Audience.FAMILIES
) -> Sequence[HelpTopic]:
    """The few that answer best, those that are written for this audience before the others."""
    topics = list(topics)
    known = tuple(sorted(facts.items()))
    documents = [_document(topic.question, topic.keywords, topic.answer, known) for topic in topics]
    having = Counter(stem for document in documents for stem in document.worths)
    stems = _telling(_opened(_words(typed)[:MOST_TYPED], having))[:MOST_WORDS]
    asked = [_Asked(stem, having, len(topics)) for stem in dict.fromkeys(stems)]
    pairs = frozenset(pairwise(stems))
    found = []
    for topic, document in zip(topics, documents, strict=True):
        worth = _worth(asked, document) * (1 + OF_A_PAIR * len(pairs & document.pairs))
        found.append((worth if topic.audience == audience else OF_OTHERS * worth, topic))
    least = NEARLY * max((worth for worth, _ in found), default=0)
    ranked = sorted((pair for pair in found if pair[0] > 0 and pair[0] >= least), key=lambda pair: -pair[0])
    return [topic for _, topic in ranked[:MOST_ANSWERS]]


def _opened(words: Iterable[str], having: Counter[str]) -> list[str]:
    """« minscris » → « inscris », « motdepasse » → « mot », « passe »: the words that questions have."""

    def is_word(word: str) -> bool:
        return word in EMPTY or word in SAID_OTHERWISE or _stem(word) in having

    opened = []
    for word in words:
        rest = elided(word)
        if is_word(word) or len(word) > LONGEST_WORD:
            opened.append(word)
        elif rest and (is_word(rest) or any(map(partial(_same_family, _stem(rest)), having))):
            opened.append(rest)
        else:
            opened += ([] if _alike(_stem(word), having) else parted(word, is_word)) or [word]
    return opened


class _Asked:
    """A stem that was asked for, those that it may stand for, and how much it says: rare words more."""

    def __init__(self, stem: str, having: Counter[str], count: int) -> None:
        self.alike = _alike(stem, having)
        holders = max((having[other] for other in self.alike), default=0)
        # A word that no answer has says little, a number nothing.
        self.weight = math.log((1 + count) / (1 + holders)) + 0.1 if self.alike else OF_NOBODY
        if stem in GENERAL or stem.isdigit():
            self.weight *= OF_GENERAL

    def worth(self, document: _Document) -> float:
        return max((s * document.worths.get(other, 0) for other, s in self.alike.items()), default=0)

    def is_in(self, stems: frozenset[str]) -> bool:
        return any(other in stems for other in self.alike)


def _alike(stem: str, having: Counter[str]) -> dict[str, float]:
    if stem in having:
        return {stem: 1.0}
    alike = {other: BEGINNING for other in having if _same_family(stem, other)}
    if alike or len(stem) < 4:
        return alike
    near = process.extract(
        stem, list(having), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=ALIKE, limit=3
    )
    return {other: BEGINNING * likeness for other, likeness, _ in near if is_misspelling(stem, other)}


def _same_family(stem: str, other: str) -> bool:
    """« inscrir » and « inscript »; « imprim » begins « imprimant »."""
    if len(stem) >= 4 and other.startswith(stem):
        return True
    shorter = min(len(stem), len(other))
    common = next((i for i in range(shorter) if stem[i] != other[i]), shorter)
    return common >= 5 and common >= 0.7 * max(len(stem), len(other))


def _worth(asked: Sequence[_Asked], document: _Document) -> float:
    """How well it answers; nothing if it has too little of what was asked."""
    total = sum(one.weight for one in asked)
    having = sum(one.weight for one in asked if one.is_in(frozenset(document.worths)))
    if not total or having < ENOUGH * total:
        return 0
    worth = sum(one.weight * one.worth(document) for one in asked)
    # Of two, the one whose question says little else.
    said = sum(any(one.is_in(frozenset({stem})) for one in asked) for stem in document.question)
    return worth * (1 + 0.3 * said / max(1, len(document.question))) * (having / total) ** COVERED


@lru_cache(maxsize=500)
def _document(question: str, keywords: str, answer: str, facts: tuple[tuple[str, str], ...]) -> _Document:
    known = dict(facts)
    in_question, in_keywords = _telling(_words(prose.line(question, known))), _telling(_words(keywords))
    worths = dict.fromkeys(_stems(_words(prose.plain(answer, known))), IN_ANSWER)
    worths |= dict.fromkeys(_stems(_words(f"{question} {keywords}")), IN_KEYWORDS)
    worths |= dict.fromkeys(in_question, IN_QUESTION)
    pairs = frozenset({*pairwise(in_question), *pairwise(in_keywords)})
    return _Document(worths, frozenset(in_question), pairs)


def _telling(words: Sequence[str]) -> list[str]:
    """The stems, without the words that every question has unless there are no others."""
    return _stems([word for word in words if word not in EMPTY] or words)


def _stems(words: Iterable[str]) -> list[str]:
    return [_stem(part) for word in words for part in SAID_OTHERWISE.get(word, word).split()]


@lru_cache(maxsize=10_000)
def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return stem


def _words(text: str) -> list[str]:
    """« l’e-mail » → « l », « email »."""
    simple = re.sub(r"\be[- ]?mail", "email", anyascii(text).lower())
    simple = re.sub(r"\bpass ?(\+|plus\b)", " ", simple)
    simple = re.sub(r"\bcombien de temps|\bcb de temps", "duree", simple)
    simple = re.sub(r"pass ?'? ?sport", "passsport", simple)
    simple = re.sub(
        r"\b(faire|fais|fait) ((un|des|les|mes|mon|le|plusieurs) )?ticket", r"creer \3 ticket", simple
    )
    return re.findall(r"[a-z\d]+", simple)


_STEMMER = snowballstemmer.stemmer("french")
# What every question is made of, here.
EMPTY = EVERYDAY_WORDS | {"aide", "aidez", "fois", "pass", "passplus", "probleme"}
