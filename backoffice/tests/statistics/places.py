"""Communes, and what the statistics tell of them."""

from django.urls import reverse

from backoffice.figures import statistics

ADDRESS = reverse("admin:statistics")
ANTONY, SCEAUX, VANVES = "92002", "92071", "92075"


def told(campaign, by="commune"):
    return {
        line.name: dict(zip(statistics.COLUMNS, line.counts, strict=True))
        for line in statistics.table(campaign, by)
    }


def wallets_of(campaign, commune, kind):
    return list(campaign.wallets.filter(beneficiary__insee_code=commune, kind=kind).order_by("pk"))
