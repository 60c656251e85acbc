"""The end of a command that runs beside the server in a loop."""

from contextlib import suppress
from queue import Empty, SimpleQueue


class Stop:
    """Whether the end was asked for, by a signal, which comes amid anything.

    Its handler must take no lock that the thread below it may hold: an Event has one, and both waited for
    ever. The put of a SimpleQueue may interrupt its get.
    """

    def __init__(self) -> None:
        self._asked: SimpleQueue[None] = SimpleQueue()

    def set(self) -> None:
        self._asked.put(None)

    def is_set(self) -> bool:
        return not self._asked.empty()

    def wait(self, seconds: float) -> None:
        with suppress(Empty):
            self._asked.get(timeout=seconds)
            self.set()
