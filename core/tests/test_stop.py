"""The end of a worker is asked for by a signal, which comes amid anything."""

import sys
from threading import Thread

from core.worker import Stop


def test_a_signal_may_interrupt_whoever_waits_for_it():
    """Wherever it is: a handler that takes the lock of the thread below it waits for ever."""
    stop = Stop()

    def wait():
        sys.setprofile(lambda *_: stop.set())
        stop.wait(0)
        sys.setprofile(None)

    waiting = Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(timeout=5)

    assert not waiting.is_alive()
    assert stop.is_set()
