"""Where the two sides of a control act, and where they meet."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from threading import BrokenBarrierError
from typing import Any
from unittest.mock import patch

from tickets import services
from tickets.models import Order
from tickets.tests.unguarded import leave_whatever_state, unlock_tickets

from . import agents, inside

PATIENCE = 20


@dataclass(frozen=True)
class Scene:
    """Where both of them act: `side` is 0 for the one and 1 for the other."""

    side: int
    wallets: Sequence[int]
    campaign: int
    ticket: int
    # For the first organisme; the other one is on paper.
    assigned: int
    offer: int
    key: str

    def order(self, euros: str, key: str = "") -> None:
        """Its first write is the order itself."""
        with self.meet_before(Order, "save"):
            agents.order(key=key or str(uuid.uuid4()), euros=Decimal(euros), wallet_id=self.wallets[0])

    @contextmanager
    def meet_before(self, owner: Any, method: str) -> Iterator[None]:
        """The first time that it is called, both have read what they will write from."""
        original, met = getattr(owner, method), False

        def wait_then_go_on(*args: Any, **kwargs: Any) -> Any:
            nonlocal met
            if not met:
                met = True
                self.meet()
            return original(*args, **kwargs)

        with patch.object(owner, method, wait_then_go_on):
            yield

    @contextmanager
    def after_the_other(self, owner: Any, method: str) -> Iterator[None]:
        """The first one reads, then the other one does all that it does, then the first one calls that."""
        if self.side == 1:
            self.meet()
            yield
            self.meet()
            return

        original, met = getattr(owner, method), False

        def wait_then_go_on(*args: Any, **kwargs: Any) -> Any:
            nonlocal met
            if not met:
                met = True
                self.meet()
                self.meet()
            return original(*args, **kwargs)

        with patch.object(owner, method, wait_then_go_on):
            yield

    def meet(self) -> None:
        with suppress(BrokenBarrierError):
            inside.meeting().wait(PATIENCE)


@contextmanager
def no_guard() -> Iterator[None]:
    """No ticket is locked, nor its offer, and none is looked at before it is written over."""
    with replacing() as replace:
        unlock_tickets(replace)
        replace(services, "_leave_unused", leave_whatever_state)
        yield


@contextmanager
def replacing() -> Iterator[Callable[[object, str, object], object]]:
    """`replace(owner, name, new)`, until the end."""
    with ExitStack() as stack:
        yield lambda owner, name, new: stack.enter_context(patch.object(owner, name, new))
