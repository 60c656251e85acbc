"""Families who order at once, each one ticket after the other, and write down what they are told."""

import http.client
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from itertools import pairwise
from typing import Any

from proof.servers.browser import BUSY, Answer, Target, ask, log_in, paper_ticket
from proof.servers.servers import Failed

from .book import Order

DONE, BUSY_PAGE, SILENCE = "fait", "page « très demandé »", "connexion rompue"
# What a proxy answers when nobody is behind it.
GATEWAY = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
EXPECTED = {BUSY_PAGE, SILENCE, *(f"page {status.value}" for status in GATEWAY)}
# Between two tries. A page would wait for five seconds: who is in a hurry is harder on the service.
PAUSE = 0.5
# After so long a family gives up, and the incident has no end.
PATIENCE = 120


@dataclass(frozen=True)
class Family:
    number: int
    cookies: Mapping[str, str]
    child: str
    wallets: Sequence[int]
    given: Decimal

    def orders(self, count: int) -> Iterator[Order]:
        """From one wallet, then from the other, from one to nine euros."""
        for number in range(count):
            wallet = self.wallets[number % len(self.wallets)]
            yield Order(str(uuid.uuid4()), wallet, Decimal(1 + number % 9))

    def form(self, order: Order) -> Target:
        return paper_ticket(
            *(self.cookies, self.number),
            child=self.child,
            wallet=order.wallet,
            key=order.key,
            amount=f"{order.euros},00",
        )


def come_in(port: int, told: Mapping[str, Any]) -> Family:
    """Log in who was made in `world`."""
    cookies = log_in(port, told["username"], told["password"], told["number"])
    return Family(told["number"], cookies, told["child"], told["wallets"], Decimal(told["given"]))


class Crowd:
    def __init__(self, port: int, families: Sequence[Family], orders: int) -> None:
        self.port, self.families, self.orders = port, families, orders
        self.acknowledged: list[tuple[float, Order]] = []
        self.given_up: list[Order] = []
        # Lists, because a thread appends whole or not at all.
        self._refusals: list[str] = []
        self._running: list[Future[None]] = []

    @property
    def size(self) -> int:
        return len(self.families) * self.orders

    @contextmanager
    def ordering(self) -> Iterator[None]:
        """They order meanwhile; at the end all of them have finished."""
        with ThreadPoolExecutor(len(self.families)) as telephones:
            self._running = [telephones.submit(self._order_all, family) for family in self.families]
            yield
        for one in self._running:
            one.result()

    def wait_for(self, share: float) -> None:
        """Until that share of the orders is acknowledged. Raises Failed."""
        until = time.monotonic() + PATIENCE
        while len(self.acknowledged) < share * self.size:
            if time.monotonic() > until or all(one.done() for one in self._running):
                raise Failed("Les commandes n’avancent plus.")
            time.sleep(0.01)

    def _order_all(self, family: Family) -> None:
        """One after the other. Who is answered what nobody should be, or nothing for too long, goes away."""
        for order in family.orders(self.orders):
            if not self._order(family, order):
                self.given_up.append(order)
                return

    def _order(self, family: Family, order: Order) -> bool:
        """Send the same form, with the same key, until it is acknowledged."""
        until = time.monotonic() + PATIENCE
        while (answer := told(self.port, family.form(order))) != DONE:
            self._refusals.append(answer)
            if answer not in EXPECTED or time.monotonic() > until:
                return False
            time.sleep(PAUSE)
        self.acknowledged.append((time.monotonic(), order))
        return True

    @property
    def refusals(self) -> Counter[str]:
        return Counter(self._refusals)

    @property
    def longest_silence(self) -> float:
        """Seconds without an acknowledged order, at the most."""
        times = sorted(at for at, _ in self.acknowledged)
        return max((after - before for before, after in pairwise(times)), default=0.0)

    def faults(self) -> Iterator[str]:
        """What nobody should ever be answered."""
        for refusal, times in self.refusals.items():
            if refusal not in EXPECTED:
                yield f"{times} × {refusal}"
        if self.given_up:
            yield f"{len(self.given_up)} familles ont renoncé"


def told(port: int, target: Target) -> str:
    """What comes back, in a few words: DONE, or what else."""
    try:
        answer = ask(port, target)
    except (OSError, http.client.HTTPException):
        return SILENCE
    return DONE if target.is_answered_by(answer.status, answer.location) else _name(answer)


def _name(answer: Answer) -> str:
    busy = answer.status == HTTPStatus.SERVICE_UNAVAILABLE and BUSY in answer.text
    return BUSY_PAGE if busy else f"page {answer.status}{' ' * bool(answer.location)}{answer.location}"
