"""What a page notes in one line, and `manage.py deliver` puts into words after it.

So a page does not wait while messages are composed, nor tells by the time that it takes whether there is one.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Model

logger = logging.getLogger(__name__)

AT_ONCE = 200


def compose(notes: type[Model], tell: Callable[[Any], None], is_over: Callable[[], bool]) -> int:
    """Tell each of the notes, the oldest first, until `is_over`; return how many were told.

    Several may do it at once: a note belongs to whoever removes it.
    """
    told = 0
    while not is_over() and (noted := list(notes._default_manager.order_by("pk")[:AT_ONCE])):
        told += sum(_compose(note, tell) for note in noted)
    return told


def _compose(note: Model, tell: Callable[[Any], None]) -> bool:
    same = type(note)._default_manager.filter(pk=note.pk)
    try:
        with transaction.atomic():
            mine, _ = same.delete()
            if mine:
                tell(note)
            return bool(mine)
    except OperationalError:
        # A database that is away, or busy, comes back: the note waits for it.
        raise
    except Exception:
        # The next ones are not to blame.
        logger.exception("%s %s is given up", type(note).__name__, note.pk)
        same.delete()
        return False
