"""Imports as agents bring, confirm and abandon them. `worker` compares them, and does what is confirmed."""

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from backoffice.models import BUSY, Import, ImportLine, Stage

from . import choices, worker
from .choices import LikenessWaits
from .undoing.worker import take_back


@transaction.atomic
def receive(job: Import) -> None:
    """Keep the file, and let it be compared with what is there."""
    job.save()
    worker.compare.enqueue(import_id=job.pk)


def confirm(*, import_id: int, as_read: str, reason: str, actor: User) -> Stage | None:
    """Let the worker do what `actor` read and chose, once; or, where a second agent must read it too, propose
    it.

    Returns the stage it reached; None if it was confirmed already, or is not what was read any more. Raises
    LikenessWaits.
    """
    ready = _as_read(Import.objects.filter(pk=import_id, stage=Stage.READY), as_read)
    if choices.waiting(Import(pk=import_id)).exists():
        raise LikenessWaits
    if settings.SECOND_AGENT and ready.filter(report__leaving__is_large=True).exists():
        proposed = ready.update(
            stage=Stage.PROPOSED, reason=reason, proposed_by=actor, seen_at=timezone.now()
        )
        return Stage.PROPOSED if proposed else None
    return _confirmed(import_id, ready, actor, reason=reason)


def confirm_second(*, import_id: int, as_read: str, actor: User) -> Stage | None:
    """Who proposed it cannot."""
    proposed = _as_read(Import.objects.filter(pk=import_id, stage=Stage.PROPOSED), as_read)
    return _confirmed(import_id, proposed.exclude(proposed_by=actor), actor)


def _as_read(jobs: QuerySet[Import], as_read: str) -> QuerySet[Import]:
    """Neither the plan nor the choices are others by now; also where the row was locked meanwhile."""
    made, _, fingerprint = as_read.partition("-")
    return jobs.filter(fingerprint=fingerprint, choices_made=int(made) if made.isdecimal() else -1)


@transaction.atomic
def _confirmed(import_id: int, waiting: QuerySet[Import], actor: User, **said: str) -> Stage | None:
    confirmed = waiting.update(
        stage=Stage.CONFIRMED, confirmed_by=actor, rows_done=0, seen_at=timezone.now(), **said
    )
    if not confirmed:
        return None
    worker.do.enqueue(import_id=import_id)
    return Stage.CONFIRMED


def abandonable() -> set[Stage]:
    """The stages of which an agent may want no more: nothing of it is written, or all is taken back.

    SQLite has one writer at a time: while the worker writes, nobody can tell it to stop.
    """
    return {*_OPEN} if connection.vendor == "sqlite" else {*_OPEN, Stage.RUNNING}


_OPEN = (Stage.RECEIVED, Stage.UNMAPPED, Stage.READY, Stage.PROPOSED, Stage.CONFIRMED)


def abandon(*, import_id: int, actor: User) -> bool:
    """Nothing of it is written, and the file is gone. False if it is too late.

    A worker that is amid its transaction finds at its end, if not before, that the stage is no longer its
    own, and rolls all of it back.
    """
    waiting = Import.objects.filter(pk=import_id, stage__in=abandonable())
    # Read first: on SQLite nobody waits for a writer only to hear that it is too late.
    stage = waiting.values_list("stage", flat=True).first()
    if stage is None:
        return False
    told = f"{'Arrêté' if stage in BUSY else 'Abandonné'} par {actor}. Rien n’est écrit."
    with transaction.atomic():
        gone = waiting.update(stage=Stage.ABANDONED, report={"told": told}, content=b"", refused_lines=b"")
        if gone:
            ImportLine.objects.filter(job=import_id).delete()
    return bool(gone)


def undo(*, import_id: int, reason: str, actor: User) -> bool:
    """Let the worker take it back, in the caller's transaction. False if it is, or is being."""
    done = Import.objects.filter(pk=import_id, stage=Stage.DONE)
    if not done.update(stage=Stage.UNDOING, rows_done=0, seen_at=timezone.now()):
        return False
    take_back.enqueue(import_id=import_id, reason=reason, actor_id=actor.pk)
    return True
