import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain

PIECE = re.compile(r"\w+")
ASCII = re.compile("[0-9a-z]+")


class WholeWords:
    """Whole words, many, looked for in a text at once: each only where its rarest piece stands."""

    def __init__(self, words: Iterable[str]) -> None:
        pieces = {word: PIECE.findall(word) for word in words}
        common = Counter(chain.from_iterable(pieces.values()))
        self._by_piece: dict[str, list[str]] = defaultdict(list)
        for word, its in pieces.items():
            self._by_piece[min(its, key=common.__getitem__, default="")].append(word)

    def needles(self) -> set[str]:
        """For each word, its longest piece in ASCII, in small letters; "" if it has none."""
        words = chain.from_iterable(self._by_piece.values())
        return {max(ASCII.findall(word.lower()), key=len, default="") for word in words}

    def found_in(self, text: str) -> bool:
        pieces = {"", *PIECE.findall(text)} & self._by_piece.keys()
        return any(
            word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
            for piece in pieces
            for word in self._by_piece[piece]
        )
