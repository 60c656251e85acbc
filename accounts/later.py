"""What a page notes in one line, and `manage.py deliver` puts into words after it.

So a page does not wait while messages are composed, nor tells by the time that it takes whether there is one.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Model

from core.db_errors import is_transient

logger = logging.getLogger(__name__)

AT_ONCE = 200


def compose(notes: type[Model], tell: Callable[[Any], None], is_over: Callable[[], bool]) -> int:
    """Tell the oldest notes, AT_ONCE at most, until `is_over`; return how many were told or given up.

    No more at once: between two such batches messages leave. Several may do it at once: a note belongs to
    whoever removes it.
    """
    done = 0
    for note in notes._default_manager.order_by("pk")[:AT_ONCE]:
        if is_over():
            break
        done += _compose(note, tell)
    return done


def _compose(note: Model, tell: Callable[[Any], None]) -> bool:
    same = type(note)._default_manager.filter(pk=note.pk)
    try:
        with transaction.atomic():
            mine, _ = same.delete()
            if mine:
                tell(note)
            return bool(mine)
    except Exception as trouble:
        if is_transient(trouble):
            # A database that is away, busy, or becomes a primary comes back: the note waits for it.
            raise
        # The next ones are not to blame.
        logger.exception("%s %s is given up", type(note).__name__, note.pk)
        same.delete()
        return True
