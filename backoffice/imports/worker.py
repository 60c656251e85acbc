"""Files that agents bring: compared with what is there, confirmed by an agent, then done in one transaction.

Tasks of the queue are the only ones who work on them: no page waits for eighty thousand lines, and none
holds them in memory.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskContext, task

from accounts import audit
from accounts.audit import Action
from backoffice.facts.campaigns import COMPLETE_LIST
from backoffice.models import Import, ImportLine, Stage, StruckOff, Verdict
from core import bulk_copy, db_errors, tasks
from core.batches import in_batches
from core.exceptions import Refusal
from core.formats import counted_in_french
from core.money import NBSP
from core.spreadsheet_files.rows import ColumnsUnknown
from core.tasks import Priority, Queue

from . import choices, contacts, stored_lines
from .content import content_of
from .importers import importer_of
from .plans import Plan, PlanChanged, Progress

logger = logging.getLogger(__name__)

# One import is done at a time: the next one comes back after so long.
AFTER_ANOTHER = dt.timedelta(seconds=5)
STRUCK_OFF_AT_ONCE = 2_000
# A file that killed so many workers is not given to another one.
MOST_ATTEMPTS = 2
# A file whose preview nobody followed up is not kept; a second agent may be away for longer.
CORRECTED_WITHIN = dt.timedelta(days=7)
FORGOTTEN_AFTER = {
    Stage.UNMAPPED: dt.timedelta(days=1),
    Stage.READY: dt.timedelta(days=1),
    Stage.PROPOSED: dt.timedelta(days=7),
}

CHANGED_MEANWHILE = (
    "Quelqu’un a changé la liste pendant l’import. Rien n’est écrit\N{NO-BREAK SPACE}: recommencez."
)
BROKEN = "Une erreur imprévue a arrêté l’import. Rien n’est écrit. Prévenez l’exploitation."
KILLED = (
    "Ce fichier a arrêté deux fois le programme qui le lit. Rien n’est écrit. Coupez-le en plusieurs, ou "
    "enregistrez-le en CSV."
)


class Abandoned(Exception):
    """An agent wants no more of it while it is read, or written."""


@task(queue_name=Queue.FILES, priority=Priority.FILE, takes_context=True)
def compare(context: TaskContext, *, import_id: int) -> None:
    """Reads only, and may be done twice."""
    received = Import.objects.filter(pk=import_id, stage=Stage.RECEIVED)
    job = _light(received).first()
    if job is None or _killed_too_many(job, context):
        return

    def report(done: int, rows: int) -> None:
        if not received.update(rows_done=done, rows=rows, seen_at=timezone.now()):
            raise Abandoned
        tasks.say_alive(context)

    with _refusals_reported(job):
        report(0, 0)
        try:
            plan = importer_of(job.sort, complete=job.is_complete).plan(partial(content_of, job), report)
        except ColumnsUnknown as unknown:
            received.update(stage=Stage.UNMAPPED, report={"told": unknown.told()}, seen_at=timezone.now())
        else:
            _to_be_read(received, plan)


@transaction.atomic
def _to_be_read(jobs: QuerySet[Import], plan: Plan[Any], **also: Any) -> None:
    # Locked: two workers may have compared it.
    job = jobs.select_for_update().only("pk").first()
    if job is None:
        return
    fingerprint = stored_lines.replace(job, plan)
    jobs.update(
        stage=Stage.READY,
        report=plan.report() | also,
        fingerprint=fingerprint,
        refused_lines=plan.refused_lines(),
        proposed_by=None,
        confirmed_by=None,
        seen_at=timezone.now(),
    )


@task(queue_name=Queue.FILES, priority=Priority.FILE, takes_context=True)
def do(context: TaskContext, *, import_id: int) -> None:
    """What an agent confirmed, in one transaction with the end of this task."""
    jobs = Import.objects.filter(pk=import_id, stage__in=[Stage.CONFIRMED, Stage.RUNNING])
    job = _light(jobs).first()
    if job is None or _killed_too_many(job, context):
        return
    if not _begin(job):
        raise tasks.Later(AFTER_ANOTHER)
    with (
        _refusals_reported(job),
        progress_of(job, Stage.RUNNING) as report,
        transaction.atomic(),
    ):
        if tasks.end(context):
            _write(job, report)


def _light(jobs: QuerySet[Import]) -> QuerySet[Import]:
    """Without the file, which is read in pieces, and what was told of it, which no task reads."""
    return jobs.defer("content", "refused_lines", "report")


def _killed_too_many(job: Import, context: TaskContext) -> bool:
    if context.attempt <= MOST_ATTEMPTS:
        return False
    _refuse(job.pk, KILLED)
    return True


def _begin(job: Import) -> bool:
    confirmed = Import.objects.filter(pk=job.pk, stage=job.stage)
    try:
        with transaction.atomic():
            return bool(confirmed.update(stage=Stage.RUNNING, rows_done=0, seen_at=timezone.now()))
    except IntegrityError:
        # passplus_import_one_runs: another one is being done.
        return False


def _write(job: Import, report: Progress) -> None:
    importer = importer_of(job.sort, complete=job.is_complete)
    plan = importer.apply(
        partial(content_of, job), report, as_read=job.fingerprint, chosen=choices.chosen(job)
    )
    done = _still_running(job).update(
        stage=Stage.DONE,
        report=plan.report(),
        refused_lines=plan.refused_lines(),
        content=b"",
        seen_at=timezone.now(),
    )
    if not done:
        # An agent stopped it meanwhile; or another task for it was quicker, and what that did is enough.
        transaction.set_rollback(True)
        return
    if job.fingerprint:
        choices.left(job).update(verdict=Verdict.LEFT)
        choices.updating(job).update(verdict=Verdict.CHANGED)
    else:
        # It was brought to the former release, which kept none.
        stored_lines.replace(job, plan)
    plan.written.keep(job)
    for leaving in in_batches(plan.leaving.get("ids", []), STRUCK_OFF_AT_ONCE):
        bulk_copy.create(StruckOff, [StruckOff(job=job, beneficiary_id=child) for child in leaving])
    audit.record(
        action=Action.FILE_IMPORTED,
        subject=job,
        reason=job.reason,
        actor=job.confirmed_by,
        details=f"{_whole(job)}{plan.told}{_asked(job)}{_who_else_read(job, plan)}",
    )


def _asked(job: Import) -> str:
    """They are written after the import, account by account."""
    if not (count := contacts.asked(job).count()):
        return ""
    contacts.write.enqueue(import_id=job.pk)
    return f", coordonnées demandées de {counted_in_french(count, 'ligne')}"


def _still_running(job: Import) -> QuerySet[Import]:
    """Whoever changes its stage first wins: the one who stops it, or the one who ends it."""
    return Import.objects.filter(pk=job.pk, stage=Stage.RUNNING)


def _whole(job: Import) -> str:
    """How who opens a campaign finds the last complete list."""
    return f"{COMPLETE_LIST}{NBSP}: " if job.is_complete else ""


def _who_else_read(job: Import, plan: Plan[Any]) -> str:
    if job.proposed_by:
        return f"\N{NO-BREAK SPACE}; proposé par {job.proposed_by} ({job.proposed_by.username})"
    return "\N{NO-BREAK SPACE}; sans second agent" if plan.leaving.get("is_large") else ""


def forget() -> None:
    """The files whose preview nobody followed up, and the lines that nobody corrected."""
    for stage, kept in FORGOTTEN_AFTER.items():
        _light(Import.objects.filter(stage=stage, seen_at__lt=timezone.now() - kept)).delete()
    old = Import.objects.filter(stage=Stage.DONE, seen_at__lt=timezone.now() - CORRECTED_WITHIN)
    old.exclude(refused_lines=b"").update(refused_lines=b"")


@contextmanager
def _refusals_reported(job: Import) -> Iterator[None]:
    """Whatever goes wrong, nothing is half written, and the page of the import says what to do."""
    try:
        yield
    except Refusal as refusal:
        _refuse(job.pk, refusal.told())
    except Abandoned:
        logger.info("Import %s was stopped by an agent", job.pk)
    except PlanChanged as changed:
        _to_be_read(_still_running(job), changed.plan, was_another=True)
    except IntegrityError:
        _refuse(job.pk, CHANGED_MEANWHILE)
    except Exception as trouble:
        if db_errors.is_transient(trouble):
            # The import waits for a database that is away, or busy: that is not its fault.
            _still_running(job).update(stage=Stage.CONFIRMED)
            raise
        logger.exception("Import %s was stopped", job.pk)
        _refuse(job.pk, BROKEN)


def give_up(import_id: int) -> None:
    """For one whose task failed in a way of its own, and that nobody tried again."""
    _refuse(import_id, BROKEN)


@transaction.atomic
def _refuse(import_id: int, sentence: str) -> None:
    waiting = Import.objects.filter(pk=import_id).exclude(stage__in=[Stage.DONE, Stage.ABANDONED])
    if waiting.update(stage=Stage.REFUSED, report={"told": sentence}, content=b""):
        ImportLine.objects.filter(job=import_id).delete()


@contextmanager
def progress_of(job: Import, stage: Stage) -> Iterator[Progress]:
    """Tell how far it is from beside the transaction, which nobody can look into; and hear from there that
    an agent stopped it: then all of the transaction is rolled back.

    SQLite has one writer at a time: there, nothing is told or heard until it is done.
    """
    if connection.vendor == "sqlite":
        yield lambda done, rows: None
        return
    beside = connections.create_connection(DEFAULT_DB_ALIAS)

    def report(done: int, rows: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute(
                'UPDATE passplus_import SET rows_done = %s, "rows" = %s, seen_at = now() '
                "WHERE id = %s AND stage = %s",
                [done, rows, job.pk, stage],
            )
            if cursor.rowcount:
                return
            cursor.execute("SELECT 1 FROM passplus_import WHERE id = %s", [job.pk])
            # One that is gone, or not to be seen from here, is found out at the end of the transaction.
            if cursor.fetchone():
                raise Abandoned

    try:
        yield report
    finally:
        beside.close()
