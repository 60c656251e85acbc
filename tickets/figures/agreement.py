"""Whether the sums of each campaign close, and whether what is kept of it is what the ledger says."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from core.money import CENT, NBSP, euros
from tickets.models import Figure, KeptFigures
from wallets.models import Campaign

from . import flows, kept, sums


def disagreements(today: dt.date) -> Iterator[str]:
    """One sentence for each; there must never be one. To be read in one snapshot."""
    rows: dict[int, dict[Figure, Any]] = {}
    for row in KeptFigures.objects.all():
        rows.setdefault(row.campaign_id, {})[Figure(row.what)] = row.figures
    for campaign in Campaign.objects.order_by("opens_on"):
        counted = sums.count(campaign)
        for kind in sums.of(counted["kinds"], campaign, today):
            if kind.gap:
                yield f"Campagne {campaign}, {kind.kind}{NBSP}: écart de {euros(kind.gap)}"
        if kept_of := rows.get(campaign.pk):
            yield from (f"Campagne {campaign}{NBSP}: {what}" for what in _spoiled(kept_of, counted))


def _spoiled(figures: Mapping[Figure, Any], counted: Any) -> Iterator[str]:
    told = figures[Figure.SUMS]
    # Counted some minutes ago: if something has moved since, it may well be otherwise.
    if told["source"] == counted["source"] and told["kinds"] != counted["kinds"]:
        yield "sommes gardées qui ne sont pas celles du grand livre"
    # All were counted in one snapshot, and are of the same euros.
    for by in (Figure.MONTH, *flows.KEYS):
        lines = kept.unpacked(figures[by]["now"]).values()
        for kind, cents in told["kinds"].items():
            for group, expected in (("made", cents["used"] + cents["unspent"]), ("used", cents["used"])):
                if (gap := sum(line[f"{group}_cents_{kind}"] for line in lines) - expected) != 0:
                    yield f"statistiques gardées par {by.label.lower()}, écart de {euros(gap * CENT)}"
    whole = figures[Figure.WHOLE]["now"]
    if sum(figures[Figure.WEEKS].values()) != whole["made_tickets"] + whole["cancelled_tickets"]:
        yield "tickets gardés par semaine qui ne sont pas ceux de la campagne"
