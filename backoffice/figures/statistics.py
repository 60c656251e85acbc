"""How far a campaign reaches, for elected officials, by commune or by collège: nobody is made out in it.

Counted on a replica (settings.REPLICA) where there is one: a moment behind the wallets.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.models import Beneficiary, School
from partners.models import Commune
from tickets.models import State, Ticket
from wallets.models import Campaign, Kind, Wallet

# A number of children below it is not told.
FEW = 5
HIDDEN = None
BY = {"commune": "insee_code", "college": "school"}
ENROLLED = "Inscrits"
# The last line, of all.
ALL = ""
# What is counted, of the children of each line.
COLUMNS = (
    ENROLLED,
    *(
        f"{kind.label}, {what}"
        for kind in Kind
        for what in ("dotés", "avec un ticket", "qui en ont utilisé un")
    ),
)
# Of these columns, those of the same children and more, the widest first: dotés, then with a ticket.
WIDER = {2: (1,), 3: (1, 2), 5: (4,), 6: (4, 5)}


@dataclass(frozen=True)
class Line:
    """Of one commune or collège: each column's count, or None where children could be made out."""

    name: str
    counts: list[int | None]


@dataclass(frozen=True)
class Share:
    """Of the children who have wallets, how many in a hundred made a ticket of that kind."""

    name: str
    kind: str
    percent: int


def newest_campaign() -> Campaign | None:
    """Of those that have begun: in spring the next one is there already, and empty."""
    newest_first = Campaign.objects.using(settings.REPLICA).order_by("-opens_on")
    return newest_first.filter(opens_on__lte=timezone.localdate()).first() or newest_first.first()


def table(campaign: Campaign, by: str) -> list[Line]:
    """A line for each commune or collège, and the last one for all. `by` is a key of BY. Nine queries."""
    field = BY[by]
    enrolled = Beneficiary.objects.using(settings.REPLICA).filter(is_enrolled=True)
    columns = [_counted(enrolled, field)]
    for kind in Kind:
        wallets = Wallet.objects.using(settings.REPLICA).filter(
            campaign=campaign, kind=kind, undone_at=None, beneficiary__merged_into=None
        )
        tickets = Ticket.objects.using(settings.REPLICA).filter(wallet__campaign=campaign, wallet__kind=kind)
        columns += [
            _counted(wallets, f"beneficiary__{field}"),
            _counted(tickets.exclude(state=State.CANCELLED), f"wallet__beneficiary__{field}", "wallet"),
            _counted(tickets.filter(state=State.USED), f"wallet__beneficiary__{field}", "wallet"),
        ]
    names = _names(by)
    keys = sorted({key for column in columns for key in column}, key=lambda key: names.get(key, key))
    published: list[dict[str, int | None]] = []
    for number, column in enumerate(columns):
        published.append(
            _publishable(
                column, keys, [(columns[wider], published[wider]) for wider in WIDER.get(number, ())]
            )
        )
    lines = [Line(names.get(key, key), [column[key] for column in published]) for key in keys]
    return [*lines, Line("Ensemble", [column[ALL] for column in published])]


def shares(lines: Iterable[Line]) -> Iterator[Share]:
    """For the picture. A line that hides a count has none."""
    for line in lines:
        for number, kind in enumerate(Kind):
            given, with_ticket = line.counts[1 + 3 * number : 3 + 3 * number]
            if given and with_ticket is not HIDDEN:
                yield Share(line.name, kind.value, round(100 * with_ticket / given))


def _counted(rows: QuerySet[Any], by: str, what: str = "pk") -> Counter[str]:
    return Counter(dict(rows.order_by().values_list(by).annotate(Count(what, distinct=what != "pk"))))


def _publishable(
    column: Mapping[str, int],
    keys: Iterable[str],
    wider: Sequence[tuple[Mapping[str, int], Mapping[str, int | None]]] = (),
) -> dict[str, int | None]:
    """The counts of a column that may be published, and ALL for their sum. `wider` are columns of the same
    children and more, each with what is published of it.

    Few are hidden, and so is a count that differs by few from a wider one: the others would be found out by
    subtraction, and of all who have wallets « all » would tell of each. What is hidden is found out from the
    sum unless it is several counts that make enough together: the fewest of the others go with them.
    """
    published: dict[str, int | None] = {key: column.get(key, 0) for key in keys}
    published[ALL] = total = sum(column.values())
    given_away = {key for key in published if _is_given_away(key, published[key] or 0, wider)}
    hidden = given_away - {ALL}
    others = sorted(
        published.keys() - hidden - {ALL}, key=lambda key: (not published[key], published[key], key)
    )
    while hidden and others and not _is_enough(column, hidden):
        hidden.add(others.pop(0))
    if 0 < total < FEW or ALL in given_away or (hidden and not _is_enough(column, hidden)):
        hidden.add(ALL)
    return published | dict.fromkeys(hidden, HIDDEN)


def _is_given_away(
    key: str, count: int, wider: Sequence[tuple[Mapping[str, int], Mapping[str, int | None]]]
) -> bool:
    """Whether children could be made out by this count, alone or beside the same of a wider column."""
    if 0 < count < FEW and key != ALL:
        return True
    for number, (column, published) in enumerate(wider):
        rest = (sum(column.values()) if key == ALL else column.get(key, 0)) - count
        # The widest is that of all who have wallets: there no rest at all says it of each of them.
        if count and published[key] is not HIDDEN and rest < FEW and (rest or number == 0):
            return True
    return False


def _is_enough(column: Mapping[str, int], hidden: Collection[str]) -> bool:
    return len(hidden) > 1 and sum(column.get(key, 0) for key in hidden) >= 2 * FEW


def _names(by: str) -> dict[str, str]:
    if by == "college":
        return {school.uai: school.name for school in School.objects.using(settings.REPLICA)}
    return {commune.insee_code: commune.name for commune in Commune.objects.using(settings.REPLICA)}
