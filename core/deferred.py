"""Messages that a page notes as a row, and that `manage.py deliver` composes later.

So a page does not wait while messages are composed, nor tells by the time that it takes whether there is one.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from core.db_errors import is_transient

logger = logging.getLogger(__name__)

AT_ONCE = 200


class NotYet(Exception):
    """This message is not due yet; nothing of it was sent."""


def compose(notes: type[Model], tell: Callable[[Any], None], is_over: Callable[[], bool]) -> int:
    """Tell the oldest notes, AT_ONCE at most, until `is_over`; return how many were told or given up.

    No more at once: between two such batches messages leave. Several may do it at once: a note belongs to
    whoever removes it.
    """
    done = 0
    for note in notes._default_manager.order_by("pk")[:AT_ONCE]:
        if is_over():
            break
        done += compose_together([note], lambda mine: tell(mine[0]))
    return done


def compose_together(notes: Sequence[Any], tell: Callable[[Sequence[Any]], None]) -> int:
    """Tell these notes at once, or those that nobody else took; return how many were told or given up.

    None if `tell` raises NotYet: then they wait.
    """
    same = type(notes[0])._default_manager.filter(pk__in=[note.pk for note in notes])
    try:
        with transaction.atomic():
            mine = [note for note in notes if same.filter(pk=note.pk).delete()[0]]
            if mine:
                tell(mine)
            return len(mine)
    except NotYet:
        return 0
    except Exception as trouble:
        if is_transient(trouble):
            # A database that is away, busy, or becomes a primary comes back: the note waits for it.
            raise
        # The next ones are not to blame.
        for note in notes:
            logger.exception("%s %s is given up", type(note).__name__, note.pk)
        same.delete()
        return len(notes)
