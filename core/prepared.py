"""What a page lets the worker make: asked for, written piece by piece, taken by who asked, forgotten."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskContext
from django_tasks.base import Task

from . import db_errors, tasks
from .models import KEPT_FOR, Piece, PreparedFile, Stage

logger = logging.getLogger(__name__)

PIECE = 2**20
# Of one owner, unfinished: who asks for more waits for those.
AT_MOST = 3

BROKEN = "Une erreur imprévue a arrêté la préparation. Prévenez l’exploitation."
STOPPED = "Arrêté à votre demande."
TOO_OFTEN = "La préparation s’est arrêtée plusieurs fois. Demandez-en moins, ou prévenez l’exploitation."

# How many rows are written, of how many.
Progress = Callable[[int, int], None]


class TooMany(Exception):
    """The owner has enough of them in preparation."""


class Stopped(Exception):
    """Why the file cannot be made, as a French sentence."""


class _Overtaken(Exception):
    """Another worker has taken this one for dead, its owner has stopped it, or the file is gone."""


@transaction.atomic
def ask(
    *, owner_id: int, name: str, about: str, content_type: str, task: Task[Any, Any], **asked: Any
) -> PreparedFile:
    """Let `task` make the file. Asked for twice, it is made once. Raises TooMany."""
    unfinished = PreparedFile.objects.filter(owner=owner_id, stage__in=[Stage.WAITING, Stage.WRITING])
    if same := unfinished.filter(name=name, about=about, content_type=content_type).first():
        return same
    if unfinished.count() >= AT_MOST:
        raise TooMany
    file = PreparedFile.objects.create(
        owner_id=owner_id, name=name, about=about, content_type=content_type, asked=asked
    )
    task.enqueue(file_id=file.pk)
    return file


def write(
    context: TaskContext,
    *,
    file_id: int,
    content: Callable[[Progress], Iterable[bytes]],
    once_ready: Callable[[PreparedFile], None],
) -> None:
    """In a task: write what `content` yields; `once_ready` is in the transaction that lets it be taken.

    Raises what is transient, for the queue; whatever else stops it is told on the page of the file.
    """
    mine = _claim(file_id, context.attempt)
    if mine is None:
        return

    def tell(done: int, rows: int) -> None:
        if not (tasks.say_alive(context) and mine.update(rows_done=done, rows=rows, seen_at=timezone.now())):
            raise _Overtaken

    with _told_to_the_owner(mine, context.attempt):
        if tasks.was_begun_too_often(context):
            raise Stopped(TOO_OFTEN)
        for number, piece in enumerate(_pieces(content(tell))):
            Piece.objects.create(file_id=file_id, attempt=context.attempt, number=number, content=piece)
        with transaction.atomic():
            if mine.update(stage=Stage.READY, seen_at=timezone.now()):
                once_ready(PreparedFile.objects.get(pk=file_id))


def hold(context: TaskContext, *, file_id: int) -> PreparedFile:
    """Lock the file: until the transaction ends nobody stops it, and no other worker begins it anew.

    For content that changes something else as it goes. Raises what ends the task.
    """
    writing = PreparedFile.objects.filter(pk=file_id, attempt=context.attempt, stage=Stage.WRITING)
    file = writing.select_for_update(no_key=True).first()
    if file is None:
        raise _Overtaken
    return file


def stop(*, file_id: int) -> bool:
    """For its owner. Its worker hears of it between two pieces. False if there is nothing to stop."""
    unfinished = PreparedFile.objects.filter(pk=file_id, stage__in=[Stage.WAITING, Stage.WRITING])
    return bool(unfinished.update(stage=Stage.REFUSED, trouble=STOPPED))


def _claim(file_id: int, attempt: int) -> QuerySet[PreparedFile] | None:
    """The file, for as long as nobody else writes it; nothing if somebody does, or has."""
    unfinished = PreparedFile.objects.filter(pk=file_id, stage__in=[Stage.WAITING, Stage.WRITING])
    begun = unfinished.filter(attempt__lt=attempt).update(
        stage=Stage.WRITING, attempt=attempt, rows_done=0, seen_at=timezone.now()
    )
    Piece.objects.filter(file=file_id, attempt__lt=attempt).delete()
    return unfinished.filter(attempt=attempt) if begun else None


@contextmanager
def _told_to_the_owner(mine: QuerySet[PreparedFile], attempt: int) -> Iterator[None]:
    try:
        yield
    except _Overtaken:
        pass
    except Stopped as stopped:
        mine.update(stage=Stage.REFUSED, trouble=str(stopped))
    except Exception as trouble:
        if db_errors.is_transient(trouble):
            # It waits for a database that is away, or busy.
            mine.update(stage=Stage.WAITING, attempt=attempt - 1)
            raise
        logger.exception("A file was stopped")
        mine.update(stage=Stage.REFUSED, trouble=BROKEN)


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for some in content:
        held += some
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def read(file: PreparedFile) -> Iterator[bytes]:
    """One piece after the other, each asked for when the one before has gone."""
    pieces = Piece.objects.filter(file=file, attempt=file.attempt)
    number = 0
    while piece := pieces.filter(number=number).values_list("content", flat=True).first():
        yield bytes(piece)
        number += 1


def forget() -> int:
    """Those that nobody may take any more; return how many."""
    old = PreparedFile.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[1].get("core.PreparedFile", 0)
