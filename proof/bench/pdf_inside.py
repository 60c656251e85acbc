"""PDFs drawn in a process of their own, which tells what they took."""

import datetime as dt
import os
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import psutil
from django.urls import resolve
from django.utils import timezone

from accounts.models import Beneficiary
from core.pdf import PenTaken
from partners.models import Activity, Commune, Offer, Partner
from proof.servers.servers import MEBIBYTE
from tickets import pdf
from tickets.models import Ticket
from wallets.models import Campaign, Kind, Wallet

from . import pdf_floor

THREADS = 4

Draw = Callable[[Sequence[Ticket]], bytes]
DRAWS: dict[str, Draw] = {"ours": pdf.render, "floor": pdf_floor.draw}


def main(what: str, *arguments: str) -> Any:
    does: dict[str, Callable[..., Any]] = {"warm": warm, "cold": cold, "memory": memory, "threads": threads}
    return does[what](*arguments)


def warm(count: str, rounds: str) -> dict[str, list[float]]:
    """Milliseconds a ticket, each side in its turn."""
    made = tickets(int(count))
    took: dict[str, list[float]] = {name: [] for name in DRAWS}
    for draw in DRAWS.values():
        draw(made)
    for _ in range(int(rounds)):
        for name, draw in DRAWS.items():
            took[name].append(_timed(draw, made))
    return took


def cold(side: str, count: str) -> float:
    """The first one that a process draws: its addresses are known, its fonts and its style are not."""
    resolve("/")
    return _timed(DRAWS[side], tickets(int(count)))


def memory(count: str) -> list[float]:
    """MiB of this process at each quarter of so many PDFs."""
    made, ours = tickets(1), psutil.Process()
    at: list[float] = []
    for number in range(1, int(count) + 1):
        pdf.render(made)
        if number % (int(count) // 4) == 0:
            at.append(ours.memory_info().rss / MEBIBYTE)
    return at


def threads(count: str) -> list[str]:
    """What is said on stderr, by Python or by a library under it, while four threads draw."""
    made = tickets(1)
    with tempfile.TemporaryFile() as said:
        stderr = os.dup(2)
        os.dup2(said.fileno(), 2)
        try:
            drawing = [threading.Thread(target=_draw, args=[made, int(count)]) for _ in range(THREADS)]
            for thread in drawing:
                thread.start()
            for thread in drawing:
                thread.join()
        finally:
            os.dup2(stderr, 2)
        said.seek(0)
        return said.read().decode(errors="replace").splitlines()


def _draw(made: Sequence[Ticket], count: int) -> None:
    drawn = 0
    while drawn < count:
        # Of four threads one draws and one waits; the two others come back, as browsers would.
        try:
            pdf.render(made)
            drawn += 1
        except PenTaken:
            time.sleep(0.01)


def _timed(draw: Draw, made: Sequence[Ticket]) -> float:
    start = time.perf_counter()
    draw(made)
    return (time.perf_counter() - start) * 1000 / len(made)


def tickets(count: int) -> list[Ticket]:
    """Of both kinds, for an organisme and on paper. No database knows them."""
    return [_ticket(number) for number in range(200_000, 200_000 + count)]


def _ticket(number: int) -> Ticket:
    campaign = Campaign(
        name="2026-2027",
        last_cancellation_on=dt.date(2099, 6, 30),
        last_validation_on=dt.date(2099, 6, 30),
    )
    child = Beneficiary(first_name="Garance", last_name="Lefebvre-Diallo", birth_year=2013)
    kind = Kind.CULTURE if number % 2 else Kind.SPORT
    partner = Partner(name="MAITRISE STE MARIE D ANTONY", commune=Commune(name="Antony"))
    offer = Offer(partner=partner, activity=Activity(name="Chant choral"), kind=kind)
    return Ticket(
        number=number,
        wallet=Wallet(campaign=campaign, beneficiary=child, kind=kind),
        offer=offer if number % 3 else None,
        amount=Decimal("12.50"),
        created_at=timezone.now(),
    )
