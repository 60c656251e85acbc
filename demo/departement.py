"""The large demonstration: a département at its real size, to measure pages and to show figures.

Rows are written directly, by `bulk_create`: the services, one family after the other, would take an
hour. Each batch is one transaction that leaves wallets, ledger and tickets in agreement, so a run
that was stopped is taken up where it was. The numbers asked for are totals: what is there counts.

The same seed draws the same département, but for what is secret: ticket codes and public ids.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Beneficiary
from partners.models import Partner
from tickets.models import Ticket
from wallets.models import Campaign

from . import family
from .population import Directory, Families
from .sales import Sales

SEED = 92
BATCH = 2000


class Maker(Protocol):
    """Adds rows of one sort; `ranks` are those they will have among the rows of that sort."""

    def add(self, rng: Random, ranks: range) -> None: ...


def load(*, partners: int, beneficiaries: int, tickets: int, report: Callable[[str], object]) -> None:
    """Add what is missing of each to what the small demonstration made, and report each tenth of it.

    Raises NotEnoughCredit.
    """
    steps: list[tuple[str, int, int, Callable[[Campaign, Random, int], Maker]]] = [
        ("organismes", Partner.objects.count(), partners, Directory),
        ("bénéficiaires", Beneficiary.objects.count(), beneficiaries, Families),
        ("tickets", Ticket.objects.count(), tickets, Sales),
    ]
    campaign = family.current_campaign(timezone.localdate())
    with _queries_forgotten():
        for name, already, total, make in steps:
            if already < total:
                maker = make(campaign, _random(name, already), total - already)
                _add(maker, name, already, total, report)


def _add(maker: Maker, name: str, already: int, total: int, report: Callable[[str], object]) -> None:
    tenths = 0
    for first in range(already + 1, total + 1, BATCH):
        ranks = range(first, min(first + BATCH, total + 1))
        with transaction.atomic():
            maker.add(_random(name, first), ranks)
        if (done := 10 * ranks[-1] // total) > tenths:
            tenths = done
            report(f"{name:<13} {ranks[-1]} / {total}")


def _random(name: str, rank: int) -> Random:
    return Random(f"{SEED} {name} {rank}")  # noqa: S311 – towns and first names are no secret


@contextmanager
def _queries_forgotten() -> Iterator[None]:
    """DEBUG keeps the text of every query, which would take half as much time again."""
    before, settings.DEBUG = settings.DEBUG, False
    try:
        yield
    finally:
        settings.DEBUG = before
