"""Finds the questions that speak of what somebody typed, accents, capitals and plurals forgiven."""

import re
from collections.abc import Iterable

from anyascii import anyascii

from . import prose
from .facts import Facts
from .models import HelpTopic


def find(typed: str, topics: Iterable[HelpTopic], facts: Facts) -> list[HelpTopic]:
    """Those that have at least half of the words: first those whose question has the most of them."""
    asked = _words(typed)
    asked = (asked - EMPTY) or asked
    found = [(_worth(asked, topic, facts), topic) for topic in topics]
    ranked = sorted(found, key=lambda pair: pair[0], reverse=True)
    return [topic for (words, _), topic in ranked if words and 2 * words >= len(asked)]


def _worth(asked: set[str], topic: HelpTopic, facts: Facts) -> tuple[int, int]:
    """How many of the words are there, and how many in the question itself."""
    question, answer = _words(prose.line(topic.question, facts)), _words(prose.plain(topic.answer, facts))
    in_question = sum(_begins(word, question) for word in asked)
    return sum(_begins(word, question | answer) for word in asked), in_question


def _begins(word: str, words: set[str]) -> bool:
    return any(other.startswith(word) for other in words)


def _words(text: str) -> set[str]:
    """Without their plural: « tickets » finds « un ticket »."""
    return {word.rstrip("sx") or word for word in re.findall(r"[a-z\d]+", anyascii(text).lower())}


# The words that every question has.
EMPTY = _words(
    "a ai au aux avec c ce ces comment d dans de des du elle en est et faire faut il j je l la "
    "le les leur m ma mes mon n ne nos notre on ou par pas peut peux pour puis qu quand que "
    "quel quelle qui quoi s sa se ses si son sur t ta te tes ton tu un une vos votre y"
)
