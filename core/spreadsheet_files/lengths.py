"""How many cells the lines of a CSV have: a separator too many, or too few, moves all cells that follow."""

from collections import Counter
from collections.abc import Iterable

# The sign that parts the cells: one of it, and what became of it.
ONE = {";": "un ;", ",": "une virgule", "\t": "une tabulation"}
NBSP = "\N{NO-BREAK SPACE}"


class Lengths:
    """Of the lines below the titles. `titles` is how many cells their line has, if there is one."""

    def __init__(self, lengths: Iterable[int], titles: int, sign: str) -> None:
        counts = Counter(lengths)
        # Where two are as frequent, that of the titles, else the longest: the last cells are often left out.
        self._usual = max(counts, key=lambda length: (counts[length], length == titles, length), default=0)
        self._longest = max(self._usual, titles)
        self._only_line = counts.total() == 1
        others = counts.total() - counts[self._usual]
        # Some programs leave out the cells at the end that are empty: there, no length says anything.
        self._is_regular = others <= max(1, counts.total() // 10)
        self._titles, self._one = titles, ONE[sign]

    def overflows(self) -> str:
        """A cell that says something has no title."""
        return f"La ligne a plus de cases que de titres{NBSP}: il y a {self._one} de trop."

    def fault(self, length: int) -> str:
        """Of a line longer than the titles and than most others, the cells are in the wrong columns."""
        if length > self._longest and (self._is_regular or self._usual == self._titles):
            return f"La ligne a plus de cases que les autres{NBSP}: il y a {self._one} de trop."
        return ""

    def doubt(self, length: int) -> str:
        """What is probably wrong with a line, if its cells do not fit their columns."""
        if length > self._longest or (self._only_line and 0 < self._titles < length):
            return f"La ligne a plus de cases que de titres{NBSP}: il y a sans doute {self._one} de trop."
        if not self._is_regular or length == self._usual:
            return ""
        if length > self._usual:
            return f"La ligne a plus de cases que les autres{NBSP}: il y a sans doute {self._one} de trop."
        return f"La ligne a moins de cases que les autres{NBSP}: il manque sans doute {self._one}."
