"""Python's search for circles of objects that nobody uses any more."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects that are made before those made since are gone through, once.
EVERY = 50_000
NEVER = 1_000_000


@contextmanager
def only_new_ones() -> Iterator[None]:
    """For what makes a million objects and keeps them: to go through all of them again and again takes an
    eighth of the time, and finds nothing. Each is looked at once: an exception that was caught is a circle.
    """
    before = gc.get_threshold()
    gc.set_threshold(EVERY, NEVER, NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
