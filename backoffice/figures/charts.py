"""Charts drawn by the server: where each bar is, in the units of its SVG."""

from dataclasses import dataclass
from decimal import Decimal

from core.money import NBSP, ZERO, short_euros

from .statistics import HIDDEN, Line, Table

# As many lines as can be read.
MOST = 20
WIDTH, NAME, BAR, ROW = 720, 290, 330, 24
HEIGHT = 150
MONTHS = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]


@dataclass(frozen=True)
class Bar:
    """One line of a chart: what was used, then what was created and is not used."""

    name: str
    y: int
    used: int
    unused: int
    amount: str
    told: str

    @property
    def top(self) -> int:
        return self.y + 4

    @property
    def split(self) -> int:
        """Where the second part of it begins."""
        return NAME + self.used

    @property
    def end(self) -> int:
        return NAME + self.used + self.unused + 6

    @property
    def middle(self) -> int:
        return self.y + 16


@dataclass(frozen=True)
class Month:
    """One month: what was used this season, and in the same month of the one before."""

    name: str
    x: int
    # Of each of its two bars.
    width: int
    now: int
    then: int
    told: str

    @property
    def second(self) -> int:
        return self.x + self.width

    @property
    def top(self) -> int:
        return HEIGHT - self.now

    @property
    def top_then(self) -> int:
        return HEIGHT - self.then


def bars(table: Table) -> list[Bar]:
    """The lines with the most euros. One that hides what was used has none."""
    told = []
    for line in table.lines:
        made, used = _sum(table, line, "cree-"), _sum(table, line, "utilise-")
        if made and used is not HIDDEN:
            told.append((made, used, line.name))
    told.sort(key=lambda one: (-one[0], one[2]))
    most = max((made for made, _, _ in told), default=Decimal(1))
    return [
        Bar(
            name=name if len(name) <= 30 else f"{name[:29]}…",
            y=ROW * number,
            used=round(BAR * used / most),
            unused=round(BAR * (made - used) / most),
            amount=short_euros(made),
            told=f"{name}{NBSP}: {short_euros(made)} créés, dont {short_euros(used)} utilisés",
        )
        for number, (made, used, name) in enumerate(told[:MOST])
    ]


def months(table: Table) -> list[Month]:
    """In their order; what is hidden has no height."""
    lines = sorted(table.lines, key=lambda line: line.key)
    now = [_sum(table, line, "utilise-") for line in lines]
    then = [_sum(table, line, "avant-") for line in lines]
    most = max((amount for amount in [*now, *then] if amount), default=Decimal(1))
    step = WIDTH // max(6, len(lines))
    return [
        Month(
            name=MONTHS[int(line.key[4:]) - 1],
            x=step * number,
            width=step * 2 // 5,
            now=round(HEIGHT * (mine or ZERO) / most),
            then=round(HEIGHT * (theirs or ZERO) / most),
            told=f"{line.name}{NBSP}: {_told(mine)} utilisés, un an plus tôt {_told(theirs)}",
        )
        for number, (line, mine, theirs) in enumerate(zip(lines, now, then, strict=True))
    ]


def _told(amount: Decimal | None) -> str:
    return "non dit" if amount is HIDDEN else short_euros(amount)


def _sum(table: Table, line: Line, slug: str) -> Decimal | None:
    """Of both kinds; None if it is hidden, or not told at all."""
    cells = [
        cell
        for column, cell in zip(table.columns, line.cells, strict=True)
        if column.slug.startswith(slug) and column.is_money
    ]
    if not cells or any(cell is HIDDEN for cell in cells):
        return HIDDEN
    return sum((Decimal(cell) for cell in cells if cell is not HIDDEN), ZERO)
