"""The tickets of a campaign, in euros, tickets and children, by month, place, organisme or activity."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractMonth, ExtractYear, TruncWeek
from django.utils import timezone

from accounts.models import Beneficiary
from tickets.models import OPEN_STATES, USED_STATES, Figure, State, Ticket
from wallets.models import Campaign, Kind, Wallet

# By name: numbers of children and of tickets, and amounts in cents.
Counts = dict[str, int]
Lines = dict[str, Counts]

KINDS = [kind.value for kind in Kind]
# What is counted of each child first, so that no child is counted twice: `n` tickets, `e` their euros.
# `made` are those that were not cancelled; `open` and `used` make them up; `late` were used after the moment
# that is asked about.
GROUPS = ("made", "used", "open", "cancelled", "late")
KEYS: dict[Figure, Combinable] = {
    Figure.COMMUNE: F("wallet__beneficiary__insee_code"),
    Figure.SCHOOL: F("wallet__beneficiary__school"),
    Figure.PARTNER: F("offer__partner"),
    Figure.ACTIVITY: F("offer__activity"),
}
PLACES = {Figure.COMMUNE: "insee_code", Figure.SCHOOL: "school"}
# A ticket is made in a month, used in another one.
MONTHS = {"made": "created_at", "used": "used_at", "cancelled": "cancelled_at"}
EVERYTHING = F("wallet__campaign")


def count(campaign: Campaign, by: Figure) -> Lines:
    """By the key of each line: « 92002 », « 202609 ». What has no organisme yet is under « »."""
    if by == Figure.MONTH:
        return _by_month(campaign)
    lines = _tickets_by(campaign, KEYS[by])
    if field := PLACES.get(by):
        for key, counts in _children_by(campaign, field).items():
            lines.setdefault(key, nothing()).update(counts)
        for counts in lines.values():
            counts.setdefault("enrolled", 0)
            counts.setdefault("granted", 0)
    return lines


def count_before(campaign: Campaign, by: Figure, until: dt.datetime) -> Lines:
    """The same as they were at that moment. Where a child lived then, nobody knows any longer."""
    return _tickets_by(campaign, KEYS[by], until)


def count_all(campaign: Campaign, until: dt.datetime | None = None) -> Counts:
    """Of the whole campaign: a child who went to two organismes is one."""
    counts = _tickets_by(campaign, EVERYTHING, until).get(str(campaign.pk), nothing())
    children = Beneficiary.objects.filter(is_enrolled=True).count()
    granted = _wallets(campaign).aggregate(all=Count("beneficiary", distinct=True))["all"]
    return counts | {"enrolled": children, "granted": granted}


def count_weeks(campaign: Campaign) -> dict[str, int]:
    """How many tickets were created, by the Monday of their week."""
    created = Ticket.objects.filter(wallet__campaign=campaign).order_by()
    counted = created.annotate(week=TruncWeek("created_at")).values_list("week").annotate(Count("pk"))
    return {timezone.localtime(week).date().isoformat(): number for week, number in counted}


def nothing() -> Counts:
    return dict.fromkeys(NAMES, 0)


def _outer() -> Iterator[tuple[str, str]]:
    """The name of each number of a line, and how SQL makes it of the numbers of its children."""
    for group in GROUPS:
        every = " + ".join(f"n_{group}_{kind}" for kind in KINDS)
        yield f"{group}_children", f"COUNT(*) FILTER (WHERE {every} > 0)"
        for kind in KINDS:
            yield f"{group}_children_{kind}", f"COUNT(*) FILTER (WHERE n_{group}_{kind} > 0)"
        yield f"{group}_tickets", f"SUM({every})"
        for kind in KINDS:
            yield f"{group}_cents_{kind}", f"SUM(COALESCE(e_{group}_{kind}, 0))"


NAMES = [name for name, _ in _outer()]


def _tickets_by(campaign: Campaign, key: Combinable, until: dt.datetime | None = None) -> Lines:
    """Grouped twice by the database, by child and then by key: to count the different children of each key
    of half a million tickets takes it ten times longer."""
    groups = _groups(until)
    of_children = (
        Ticket.objects.filter(wallet__campaign=campaign)
        .order_by()
        .values(line=key, child=F("wallet__beneficiary"))
        .annotate(
            **{
                f"{sort}_{group}_{kind}": aggregate
                for group, condition in groups.items()
                for kind in KINDS
                for sort, aggregate in _both(condition & Q(wallet__kind=kind))
            }
        )
    )
    return _regrouped(of_children)


def _both(condition: Q) -> list[tuple[str, Any]]:
    return [("n", Count("pk", filter=condition)), ("e", Sum("amount", filter=condition))]


def _groups(until: dt.datetime | None) -> dict[str, Q]:
    cancelled, used = Q(state=State.CANCELLED), Q(state__in=USED_STATES)
    if until is None:
        return {
            "made": ~cancelled,
            "used": used,
            "open": Q(state__in=OPEN_STATES),
            "cancelled": cancelled,
            # None: no moment is asked about.
            "late": used & cancelled,
        }
    created = Q(created_at__lte=until)
    by_then = cancelled & Q(cancelled_at__lte=until)
    used_by_then = used & Q(used_at__lte=until)
    made = created & (~cancelled | Q(cancelled_at__gt=until))
    return {
        "made": made,
        "used": used_by_then,
        "open": made & (~used | Q(used_at__gt=until)),
        "cancelled": by_then,
        "late": used & Q(used_at__gt=until),
    }


def _regrouped(of_children: QuerySet[Any, Any]) -> Lines:
    inner, parameters = of_children.query.sql_with_params()
    numbers = ", ".join(sql for _, sql in _outer())
    # All of it is our own words; what is asked about is in the parameters.
    statement = " ".join(["SELECT line,", numbers, "FROM (", inner, ") of_children GROUP BY line"])
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {_key(key): _counts(row) for key, *row in cursor.fetchall()}


def _key(value: Any) -> str:
    return "" if value is None else str(value)


def _counts(row: list[Any]) -> Counts:
    # SQLite adds floating point.
    return {
        name: round(value * 100) if "_cents_" in name else int(value)
        for name, value in zip(NAMES, row, strict=True)
    }


def _by_month(campaign: Campaign) -> Lines:
    lines: defaultdict[str, Counts] = defaultdict(nothing)
    for group, moment in MONTHS.items():
        month = ExtractYear(moment) * 100 + ExtractMonth(moment)
        for key, counts in _tickets_by(campaign, month).items():
            # A ticket that was not used has no month for it.
            if key:
                lines[key] |= {name: counts[name] for name in NAMES if name.startswith(f"{group}_")}
    return {key: counts for key, counts in lines.items() if any(counts.values())}


def _children_by(campaign: Campaign, field: str) -> Mapping[str, Counts]:
    found: defaultdict[str, Counts] = defaultdict(dict)
    enrolled = Beneficiary.objects.filter(is_enrolled=True).order_by().values_list(field)
    for key, number in enrolled.annotate(Count("pk")):
        found[_key(key)]["enrolled"] = number
    granted = _wallets(campaign).order_by().values_list(f"beneficiary__{field}")
    for key, number in granted.annotate(Count("beneficiary", distinct=True)):
        found[_key(key)]["granted"] = number
    return found


def _wallets(campaign: Campaign) -> QuerySet[Wallet]:
    return Wallet.objects.filter(campaign=campaign, undone_at=None, beneficiary__merged_into=None)
