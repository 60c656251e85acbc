"""What the page of a return shows: what it tells in euros, and its lines, by pages."""

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import QueryDict

from core.money import ZERO, euros
from payments.models import Fate, ReturnFile, Verdict
from payments.returns import totals

AT_ONCE = 100
# Of one, of several.
FATES = {
    Fate.PAID: ("payé", "payés"),
    Fate.REJECTED: ("rejeté", "rejetés"),
    Fate.RETURNED: ("revenu après paiement", "revenus après paiement"),
}
VERDICTS = {
    Verdict.TO_TELL: ("à dire", "à dire"),
    Verdict.TOLD: ("dite", "dites"),
    Verdict.NOTHING: ("sans rien à faire", "sans rien à faire"),
    Verdict.REFUSED: ("refusée", "refusées"),
}


class Filter(NamedTuple):
    """A way to some of the lines."""

    name: str
    told: str
    is_shown: bool


def told(file: ReturnFile) -> str:
    """« 12 payés, 1 200,00 €, 1 rejeté, 50,00 € », for the journal."""
    sums = totals.by_fate(file)
    return ", ".join(f"{_counted(it.payments, FATES[it.fate])}, {euros(it.amount)}" for it in sums)


def context(file: ReturnFile, asked: QueryDict) -> dict[str, Any]:
    counts, sums = totals.counts(file), totals.by_fate(file)
    shown = asked.get("lignes", "")
    shown = shown if shown in Verdict else ""
    lines = file.lines.select_related("payment").order_by("number")
    page = Paginator(lines.filter(verdict=shown) if shown else lines, AT_ONCE).get_page(asked.get("page"))
    return {
        "sums": [(_counted(it.payments, FATES[it.fate]), euros(it.amount)) for it in sums],
        "total": euros(sum((it.amount for it in sums), ZERO)),
        "payments": sum(it.payments for it in sums),
        "waiting": counts[Verdict.TO_TELL],
        "told": counts[Verdict.TOLD],
        "refused": counts[Verdict.REFUSED],
        "filters": [
            Filter(verdict, _counted(count, VERDICTS[verdict]), is_shown=shown == verdict)
            for verdict, count in counts.items()
            if count
        ],
        "all": sum(counts.values()),
        "shown": shown,
        "page": page,
    }


def _counted(count: int, words: tuple[str, str]) -> str:
    return f"{count} {words[count > 1]}"
