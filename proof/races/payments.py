"""What agents do with what is owed for the tickets of a round, by the services of `treasury`."""

from typing import Any

from . import counter
from .acts import Act, Service, What
from .counter import FIRST, MANAGER
from .rounds import Round, new_key

HOUSE = "proof.races.treasury"
PAID, REJECTED = "paid", "rejected"


def prepared_twice(here: Round) -> list[Act]:
    """By two agents, each of whom presses twice; the worker beside takes what it finds."""
    _used(here, 3)
    keys = [new_key(), new_key()]
    return [_act("prepare_batch", key=key) for key in keys for _ in range(2)]


def prepared_or_undone(here: Round) -> list[Act]:
    uses = _used(here, 3)
    undone = [counter.undo(here, *pair, by=by) for pair in uses.items() for by in (FIRST, MANAGER)]
    return [*undone, _act("prepare_batch", key=new_key())]


def approved_or_dropped(here: Round) -> list[Act]:
    _used(here, 3)
    batch = here.ground.call(f"{HOUSE}:prepared")
    return [_act(name, batch=batch) for name in ("approve_batch", "drop_batch") for _ in range(2)]


def told_differently(here: Round) -> list[Act]:
    """Paid by one mandat or by another one, or rejected."""
    _used(here, 3)
    [payment] = here.ground.call(f"{HOUSE}:sent")
    paid = [_act("tell", payment=payment, fate=PAID, mandat=mandat) for mandat in ("1", "2")]
    return [*paid, _act("tell", payment=payment, fate=REJECTED)]


def _used(here: Round, number: int) -> dict[int, int]:
    """So many tickets of 10 €, used before the start: the use of each."""
    return counter.used(here, here.bought(number, 10))


def _act(name: str, **arguments: Any) -> Service:
    return Service(what=What.OTHER, name=name, arguments=arguments)
