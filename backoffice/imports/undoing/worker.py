"""An import is taken back by a task, as it was done by one."""

import logging
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskContext, task

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from backoffice.imports.importers import undo_of
from backoffice.imports.plans import Progress
from backoffice.imports.worker import MOST_ATTEMPTS, progress_of
from backoffice.models import Import, Stage
from core import db_errors, tasks
from core.exceptions import Refusal
from core.tasks import Priority, Queue

from . import stays
from .undo import NothingGoes, Part

OF_THE_LINES = ("read", "counts", "of_the_file")
logger = logging.getLogger(__name__)

BUILT_ON_MEANWHILE = (
    "Quelqu’un s’est servi pendant l’annulation de ce qu’elle enlève. Rien n’est changé\N{NO-BREAK SPACE}: "
    "recommencez."
)
NOT_UNDONE = "Une erreur imprévue a arrêté l’annulation. Rien n’est changé. Prévenez l’exploitation."


@task(queue_name=Queue.FILES, priority=Priority.FILE, takes_context=True)
def take_back(context: TaskContext, *, import_id: int, reason: str, actor_id: int) -> None:
    """What an agent wants taken back, in one transaction with the end of this task."""
    undoing = Import.objects.filter(pk=import_id, stage=Stage.UNDOING)
    job = undoing.defer("content", "refused_lines").first()
    if job is None:
        return
    if context.attempt > MOST_ATTEMPTS:
        _stays(undoing, NOT_UNDONE)
        return
    try:
        with progress_of(job, Stage.UNDOING) as report, transaction.atomic():
            if tasks.end(context):
                _write(undoing, job, report, reason=reason, actor_id=actor_id)
    except Refusal as refusal:
        _stays(undoing, refusal.told())
    except IntegrityError:
        _stays(undoing, BUILT_ON_MEANWHILE)
    except Exception as trouble:
        if db_errors.is_transient(trouble):
            raise
        logger.exception("The undoing of import %s was stopped", import_id)
        _stays(undoing, NOT_UNDONE)


def _stays(undoing: QuerySet[Import], sentence: str) -> None:
    for report in undoing.values_list("report", flat=True):
        undoing.update(stage=Stage.DONE, report=report | {"not_undone": sentence})


def _report(job: Import, told: str, parts: list[Part], *, knows_lines: bool) -> dict[str, Any]:
    """The lines of the file are read on; of whom it made or struck off, what stays is told."""
    of_the_lines = {name: job.report[name] for name in OF_THE_LINES if name in job.report}
    undone = {"stays": stays.as_kept(parts), "knows_lines": knows_lines}
    whole = f"{job.report['told']}. Annulé\N{NO-BREAK SPACE}: {told}"
    return of_the_lines | {"told": whole, "undone": undone}


def _write(undoing: QuerySet[Import], job: Import, report: Progress, *, reason: str, actor_id: int) -> None:
    back = undo_of(job)
    back.lock()
    parts = [*back.parts()]
    if not any(part.count for part in parts):
        raise NothingGoes
    back.write(report)
    back.tell_lines(parts)
    told = ", ".join(f"{part.what.lower()}\N{NO-BREAK SPACE}: {part.told}" for part in parts)
    done = undoing.update(
        stage=Stage.PARTLY if any(part.left for part in parts) else Stage.UNDONE,
        report=_report(job, told, parts, knows_lines=back.knows_lines),
        refused_lines=b"",
        seen_at=timezone.now(),
    )
    if not done:
        # Another task for it was quicker, and what that did is enough.
        transaction.set_rollback(True)
        return
    job.written.all().delete()
    audit.record(
        action=Action.IMPORT_UNDONE,
        subject=job,
        reason=reason,
        actor=User.objects.get(pk=actor_id),
        details=told,
    )
