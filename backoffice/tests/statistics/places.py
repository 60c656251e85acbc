"""Communes, and what the statistics tell of them."""

from django.urls import reverse

from backoffice.figures import statistics
from tickets.models import Figure

ADDRESS = reverse("admin:statistics")
ANTONY, SCEAUX, VANVES = "92002", "92071", "92075"


def told(campaign, by=Figure.COMMUNE):
    """By the name of each line, in the order of the page, then by that of each column."""
    table, _ = statistics.table(campaign, by)
    names = [column.name for column in table.columns]
    return {
        line.name: dict(zip(names, line.cells, strict=True))
        for line in [*statistics.ordered(table, "nom"), table.whole]
    }


def wallets_of(campaign, commune, kind):
    return list(campaign.wallets.filter(beneficiary__insee_code=commune, kind=kind).order_by("pk"))
