"""« Où est passé l’argent ? », for elected officials: nobody is made out in it (core.hiding)."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from django.utils import timezone

from accounts.models import School
from core import hiding
from core.formats import MONTHS, jour_court
from core.money import CENT, NBSP
from core.spelling import simplified
from partners.models import Activity, Commune, Partner
from tickets.figures import kept
from tickets.figures.flows import Counts, Lines, nothing
from tickets.models import Figure
from wallets.models import Campaign, Kind

from .ways import Came, shares

Cell = int | Decimal | None
HIDDEN = None
BY = [Figure.MONTH, Figure.COMMUNE, Figure.SCHOOL, Figure.PARTNER, Figure.ACTIVITY]
ALL = "Ensemble"
NO_PARTNER = "Papier, pas encore utilisé"
# The names of the children's groups, with no kind for both together.
EITHER = ["", *(f"_{kind.value}" for kind in Kind)]


class Group(StrEnum):
    """Cells about the same children, hidden together."""

    PLACE = "place"
    MADE = "made"
    USED = "used"
    CANCELLED = "cancelled"
    THEN = "then"


# What is hidden of the one is hidden of the other, which is a part of it. By month it is not: a ticket is
# used later than it was made.
WIDER = {Group.MADE: Group.PLACE, Group.USED: Group.MADE, Group.CANCELLED: Group.PLACE}


@dataclass(frozen=True)
class Column:
    slug: str
    name: str
    group: Group
    value: Callable[[Counts], int | Decimal]

    @property
    def is_money(self) -> bool:
        return self.slug.endswith("-euros")


def _number(name: str, counts: Counts) -> int:
    return counts[name]


def _euros(names: Sequence[str], counts: Counts) -> Decimal:
    return sum(counts[name] for name in names) * CENT


def _numbers(slug: str, name: str, group: Group, counted: str) -> Column:
    return Column(slug, name, group, partial(_number, counted))


def _amounts(slug: str, name: str, group: Group, counted: str, *kinds: Kind) -> Column:
    names = [f"{counted}_cents_{kind.value}" for kind in kinds or Kind]
    return Column(f"{slug}-euros", name, group, partial(_euros, names))


PLACE_COLUMNS = [
    _numbers("inscrits", "Inscrits", Group.PLACE, "enrolled"),
    _numbers("dotes", "Dotés", Group.PLACE, "granted"),
]
MADE_COLUMNS = [
    _numbers("avec-ticket", "Enfants avec un ticket", Group.MADE, "made_children"),
    _numbers("tickets", "Tickets créés", Group.MADE, "made_tickets"),
    *(
        _amounts(f"cree-{kind.value}", f"Créé, {kind.label}", Group.MADE, "made", kind)
        for kind in (Kind.SPORT, Kind.CULTURE)
    ),
]
USED_COLUMNS = [
    _numbers("avec-utilise", "Enfants qui en ont utilisé", Group.USED, "used_children"),
    _numbers("utilises", "Tickets utilisés", Group.USED, "used_tickets"),
    *(
        _amounts(f"utilise-{kind.value}", f"Utilisé, {kind.label}", Group.USED, "used", kind)
        for kind in (Kind.SPORT, Kind.CULTURE)
    ),
]
OPEN_COLUMN = _amounts("ouvert", "Non utilisé", Group.USED, "open")
CANCELLED_COLUMN = _amounts("annule", "Annulé", Group.CANCELLED, "cancelled")


def children(group: Group, by: Figure, counts: Counts) -> list[int]:
    """The numbers of children that these cells of a line give away, by themselves or by subtraction."""
    match group:
        case Group.PLACE:
            return [counts["enrolled"], counts["granted"]]
        case Group.MADE:
            made = [counts[f"made_children{kind}"] for kind in EITHER]
            # Of those who have wallets.
            return [
                *made,
                *(hiding.rest(counts["granted"], number) for number in made if "granted" in counts),
            ]
        case Group.USED:
            used = [counts[f"used_children{kind}"] for kind in EITHER]
            if by == Figure.MONTH:
                return used
            unused = [counts[f"open_children{kind}"] for kind in EITHER]
            # Those who have used none of theirs.
            never = [counts[f"made_children{kind}"] - counts[f"used_children{kind}"] for kind in EITHER]
            return [*used, *unused, *never]
        case Group.CANCELLED:
            return [counts["cancelled_children"]]
        case Group.THEN:
            # Its campaign has a page of its own: what was used later is the difference.
            return [counts["then_children"], counts["then_late"]]


@dataclass(frozen=True)
class Line:
    """Of one month, commune…: each column's number, or None where children could be made out."""

    key: str
    name: str
    cells: Sequence[Cell]

    @property
    def shown(self) -> list[str]:
        return list(map(shown, self.cells))


@dataclass(frozen=True)
class Table:
    by: Figure
    columns: Sequence[Column]
    lines: Sequence[Line]
    whole: Line
    counted_at: dt.datetime
    # Empty where the number of used tickets is hidden.
    ways: Sequence[Came]


@dataclass(frozen=True)
class Measure:
    """One of the numbers of the whole campaign, beside those of the season before."""

    name: str
    now: Cell
    then: Cell
    whole: Cell

    @property
    def shown(self) -> list[str]:
        return list(map(shown, (self.now, self.then, self.whole)))


@dataclass(frozen=True)
class Comparison:
    previous: Campaign
    # The day of the season before that today is of this one; None once this one is over.
    day: dt.date | None
    measures: Sequence[Measure]


def shown(cell: Cell) -> str:
    if cell is HIDDEN:
        return "–"
    # To the euro, so that a table fits its page; the file has the cents.
    return f"{round(cell):,}".replace(",", NBSP) + (f"{NBSP}€" if isinstance(cell, Decimal) else "")


def newest_campaign() -> Campaign | None:
    """Of those that have begun: in spring the next one is there already, and empty."""
    newest_first = Campaign.objects.order_by("-opens_on")
    return newest_first.filter(opens_on__lte=timezone.localdate()).first() or newest_first.first()


def table(campaign: Campaign, by: Figure) -> tuple[Table, Comparison | None]:
    """What was spent in a campaign, line by line, and the season before beside the whole. Four queries."""
    previous = kept.before(campaign)
    both = [campaign, previous] if previous else [campaign]
    counted = kept.read(both, Figure.WHOLE, Figure.WAYS, by)
    mine, whole = counted[campaign.pk, by], counted[campaign.pk, Figure.WHOLE].figures
    lines, total, columns = kept.unpacked(mine.figures["now"]), dict(whole["now"]), columns_of(by)
    gone = hidden_lines(lines, by)
    comparison = None
    if previous:
        theirs = counted[previous.pk, Figure.WHOLE].figures
        comparison = _comparison(previous, whole, theirs)
        whole_then = theirs["now"] if by == Figure.MONTH else whole.get("then")
        lines_then = _then(mine.figures, counted[previous.pk, by].figures, by)
        if whole_then and lines_then is not None:
            columns.append(_then_column(comparison, by))
            for key, counts in lines.items():
                counts.update(_as_then(lines_then.get(key, nothing())))
            total |= _as_then(whole_then)
            # What the page of that season hides is not to be found here.
            wider = hidden_lines(_shifted(kept.unpacked(counted[previous.pk, by].figures["now"]), by), by)
            numbers = {key: children(Group.THEN, by, counts) for key, counts in lines.items()}
            gone[Group.THEN] = hiding.hidden(numbers, wider[Group.USED])
    published, all_of_it = _published(lines, total, columns, gone, by)
    ways = shares(counted[campaign.pk, Figure.WAYS].figures) if _tells_used(all_of_it, columns) else []
    return Table(by, columns, published, all_of_it, mine.at, ways), comparison


def _tells_used(whole: Line, columns: Sequence[Column]) -> bool:
    cells = zip(columns, whole.cells, strict=True)
    return all(cell is not HIDDEN for column, cell in cells if column.group == Group.USED)


def hidden_lines(lines: Lines, by: Figure) -> dict[Group, set[str]]:
    """The keys of the lines of which each group of cells is not told."""
    gone: dict[Group, set[str]] = {}
    for group in dict.fromkeys(column.group for column in columns_of(by)):
        numbers = {key: children(group, by, counts) for key, counts in lines.items()}
        wider = set() if by == Figure.MONTH else gone.get(WIDER.get(group, group), set())
        gone[group] = hiding.hidden(numbers, wider)
    return gone


def columns_of(by: Figure) -> list[Column]:
    places = PLACE_COLUMNS if by in (Figure.COMMUNE, Figure.SCHOOL) else []
    still = [] if by == Figure.MONTH else [OPEN_COLUMN]
    return [*places, *MADE_COLUMNS, *USED_COLUMNS, *still, CANCELLED_COLUMN]


def _then(mine: Any, theirs: Any, by: Figure) -> Lines | None:
    """The lines of the season before: the same month a year earlier, or all as it was on the same day."""
    if by == Figure.MONTH:
        return _shifted(kept.unpacked(theirs["now"]), by)
    return kept.unpacked(mine["then"]) if "then" in mine else None


def _shifted(lines: Lines, by: Figure) -> Lines:
    if by != Figure.MONTH:
        return lines
    return {str(int(month) + 100): counts for month, counts in lines.items()}


def _then_column(comparison: "Comparison", by: Figure) -> Column:
    day = comparison.day if by != Figure.MONTH else None
    until = f" au{NBSP}{jour_court(day)}" if day else ""
    name = f"Utilisé, {comparison.previous}{until}"
    return Column("avant-euros", name, Group.THEN, partial(_euros, ["then_cents"]))


def _as_then(counts: Counts) -> Counts:
    cents = sum(counts[f"used_cents_{kind.value}"] for kind in Kind)
    return {
        "then_children": counts["used_children"],
        "then_late": counts["late_children"],
        "then_cents": cents,
    }


def _published(
    lines: Lines, total: Counts, columns: Sequence[Column], gone: Mapping[Group, set[str]], by: Figure
) -> tuple[list[Line], Line]:
    names = _names(by)
    shown = [
        Line(
            key,
            names(key),
            [HIDDEN if key in gone[column.group] else column.value(counts) for column in columns],
        )
        for key, counts in lines.items()
    ]
    if by not in (Figure.COMMUNE, Figure.SCHOOL):
        total = {name: number for name, number in total.items() if name not in ("enrolled", "granted")}
    hides = {
        group
        for group, keys in gone.items()
        if hiding.is_total_hidden(
            {key: children(group, by, counts) for key, counts in lines.items()},
            keys,
            children(group, by, total),
        )
    }
    whole = [HIDDEN if column.group in hides else column.value(total) for column in columns]
    return shown, Line("", ALL, whole)


def ordered(table: Table, asked: str) -> list[Line]:
    """`asked`: the slug of a column, « nom » for the first; « - » before it for the greatest first.

    What is hidden comes last, and its place among the others tells nothing: it is by name.
    """
    slug, is_falling = asked.removeprefix("-"), asked.startswith("-")
    by_name = sorted(table.lines, key=_by_name(table.by))
    places = [number for number, column in enumerate(table.columns) if column.slug == slug]
    if not places:
        return by_name[::-1] if is_falling else by_name
    [place] = places
    told = [line for line in by_name if line.cells[place] is not HIDDEN]
    told.sort(key=lambda line: line.cells[place] or 0, reverse=is_falling)
    return [*told, *(line for line in by_name if line.cells[place] is HIDDEN)]


def _by_name(by: Figure) -> Callable[[Line], tuple[str, str]]:
    if by == Figure.MONTH:
        return lambda line: (line.key, "")
    return lambda line: (simplified(line.name), line.key)


def _names(by: Figure) -> Callable[[str], str]:
    if by == Figure.MONTH:
        return lambda key: f"{MONTHS[int(key[4:]) - 1]} {key[:4]}"
    found: dict[str, Any] = {}
    match by:
        case Figure.COMMUNE:
            found = dict(Commune.objects.values_list("insee_code", "name"))
        case Figure.SCHOOL:
            found = dict(School.objects.values_list("uai", "name"))
        case Figure.ACTIVITY:
            found = {str(pk): name for pk, name in Activity.objects.values_list("pk", "name")}
        case Figure.PARTNER:
            rows = Partner.objects.values_list("pk", "name", "commune__name")
            found = {str(pk): f"{name}, {commune}" for pk, name, commune in rows}
    empty = NO_PARTNER if by in (Figure.PARTNER, Figure.ACTIVITY) else "Non renseigné"
    # A place that is none of ours is told by its code.
    return lambda key: found.get(key, key) or empty


def _comparison(previous: Campaign, mine: Any, theirs: Any) -> Comparison:
    """Of the whole campaigns; what differs by few children from the next number is not told either."""
    then = mine.get("then")
    measures = []
    for column in [*MADE_COLUMNS, *USED_COLUMNS, CANCELLED_COLUMN]:
        columns = [mine["now"], then, theirs["now"]]
        told = [_of_whole(column, counts) for counts in columns]
        if then and hiding.is_few([then["late_children"]]) and column.group == Group.USED:
            told[1] = HIDDEN
        measures.append(Measure(column.name, *told))
    day = mine["day"]
    return Comparison(previous, dt.date.fromisoformat(day) if day else None, measures)


def _of_whole(column: Column, counts: Counts | None) -> Cell:
    if counts is None or hiding.is_few(children(column.group, Figure.COMMUNE, counts)):
        return HIDDEN
    return column.value(counts)
