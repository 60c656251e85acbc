"""How far a campaign reaches, for elected officials, by commune or by collège: nobody is made out in it.

Counted on a replica (settings.REPLICA) where there is one: a moment behind the wallets.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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
# What is counted, of the children of each line.
COLUMNS = (
    ENROLLED,
    *(
        f"{kind.label}, {what}"
        for kind in Kind
        for what in ("dotés", "avec un ticket", "qui en ont utilisé un")
    ),
)


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
        wallets = Wallet.objects.using(settings.REPLICA).filter(campaign=campaign, kind=kind, undone_at=None)
        tickets = Ticket.objects.using(settings.REPLICA).filter(wallet__campaign=campaign, wallet__kind=kind)
        columns += [
            _counted(wallets, f"beneficiary__{field}"),
            _counted(tickets.exclude(state=State.CANCELLED), f"wallet__beneficiary__{field}", "wallet"),
            _counted(tickets.filter(state=State.USED), f"wallet__beneficiary__{field}", "wallet"),
        ]
    names = _names(by)
    keys = sorted({key for column in columns for key in column}, key=lambda key: names.get(key, key))
    hidden = [_told(column, keys) for column in columns]
    lines = [Line(names.get(key, key), [column[key] for column in hidden]) for key in keys]
    sums = [sum(column.values()) for column in columns]
    return [*lines, Line("Ensemble", [HIDDEN if 0 < total < FEW else total for total in sums])]


def shares(lines: Iterable[Line]) -> Iterator[Share]:
    """For the picture. A line that hides a count has none."""
    for line in lines:
        for number, kind in enumerate(Kind):
            given, with_ticket = line.counts[1 + 3 * number : 3 + 3 * number]
            if given and with_ticket is not HIDDEN:
                yield Share(line.name, kind.value, round(100 * with_ticket / given))


def _counted(rows: QuerySet[Any], by: str, what: str = "pk") -> Counter[str]:
    return Counter(dict(rows.order_by().values_list(by).annotate(Count(what, distinct=what != "pk"))))


def _told(column: Mapping[str, int], keys: Iterable[str]) -> dict[str, int | None]:
    """Few are hidden. One alone would be found out from the sum, so the fewest of the others is too."""
    told: dict[str, int | None] = {key: column.get(key, 0) for key in keys}
    few = [key for key, count in told.items() if count and count < FEW]
    if len(few) == 1:
        others = [key for key, count in told.items() if count and count >= FEW]
        few += sorted(others, key=lambda key: (column[key], key))[:1]
    return told | dict.fromkeys(few, HIDDEN)


def _names(by: str) -> dict[str, str]:
    if by == "college":
        return {school.uai: school.name for school in School.objects.using(settings.REPLICA)}
    return {commune.insee_code: commune.name for commune in Commune.objects.using(settings.REPLICA)}
