"""What a return tells, counted and in euros."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Sum

from core.money import ZERO
from payments.models import Fate, ReturnFile, Verdict


class Total(NamedTuple):
    fate: Fate
    payments: int
    amount: Decimal


def counts(file: ReturnFile) -> dict[Verdict, int]:
    """Of all lines: they add up to the file's."""
    counted = dict(file.lines.order_by().values_list("verdict").annotate(Count("pk")))
    return {verdict: counted.get(verdict, 0) for verdict in Verdict}


def by_fate(file: ReturnFile) -> list[Total]:
    """Of the lines that tell something, or told it; none of what there is none of."""
    telling = file.lines.filter(verdict__in=[Verdict.TO_TELL, Verdict.TOLD]).order_by()
    sums = {
        fate: (count, amount or ZERO)
        for fate, count, amount in telling.values_list("fate").annotate(Count("pk"), Sum("payment__amount"))
    }
    return [Total(fate, *sums[fate]) for fate in Fate if fate in sums]
