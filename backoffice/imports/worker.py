"""Files that agents bring: compared with what is there, confirmed by an agent, then done in one transaction.

`manage.py run_imports` is the only one who works on them, in a process of its own: no page waits for
eighty thousand lines, and none holds them in memory.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, connections, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.audit import Action
from backoffice.facts.campaigns import COMPLETE_LIST
from backoffice.models import Import, Stage, StruckOff
from core import db_errors
from core.exceptions import Refusal
from core.money import NBSP
from core.worker import Stop

from .jobs import importer_of
from .plans import Plan, PlanChanged, Progress

logger = logging.getLogger(__name__)

# A worker that dies leaves its import to the next one, after so long without a word from it.
LEASE = dt.timedelta(minutes=10)
# A file that killed so many workers is not given to another one.
MOST_ATTEMPTS = 2
# A file whose preview nobody followed up is not kept; a second agent may be away for longer.
FORGOTTEN_AFTER = {Stage.READY: dt.timedelta(days=1), Stage.PROPOSED: dt.timedelta(days=7)}

CHANGED_MEANWHILE = (
    "Quelqu’un a changé la liste pendant l’import. Rien n’est écrit\N{NO-BREAK SPACE}: recommencez."
)
BROKEN = "Une erreur imprévue a arrêté l’import. Rien n’est écrit. Prévenez l’exploitation."
KILLED = (
    "Ce fichier a arrêté deux fois le programme qui le lit. Rien n’est écrit. Coupez-le en plusieurs, ou "
    "enregistrez-le en CSV."
)


def work(stop: Stop) -> int:
    """Compare and do what waits, the oldest first, until nothing does or until `stop`; return how many.

    Several may run: what is confirmed belongs to whoever claimed it, and one is done at a time.
    """
    for stage, kept in FORGOTTEN_AFTER.items():
        Import.objects.filter(stage=stage, seen_at__lt=timezone.now() - kept).delete()
    worked = 0
    while not stop.is_set() and (job := _next()):
        if job.attempts >= MOST_ATTEMPTS:
            _refuse(job, KILLED)
        elif job.stage == Stage.RECEIVED:
            _begin_to_compare(job)
        elif _claim(job, Stage.RUNNING, rows_done=0):
            _do(job)
        worked += 1
    return worked


def _next() -> Import | None:
    """What is confirmed waits while another one runs; one whose worker is silent comes first."""
    silent = Q(seen_at__lt=timezone.now() - LEASE)
    waiting = Q(stage=Stage.RECEIVED, attempts=0) | Q(silent, stage__in=[Stage.RECEIVED, Stage.RUNNING])
    if not Import.objects.filter(stage=Stage.RUNNING).exists():
        waiting |= Q(stage=Stage.CONFIRMED)
    return Import.objects.filter(waiting).order_by("pk").first()


def _begin_to_compare(job: Import) -> None:
    if _claim(job, Stage.RECEIVED):
        _compare(job)


def _compare(job: Import) -> None:
    """Reads only, and may be done twice."""

    def tell(done: int, rows: int) -> None:
        Import.objects.filter(pk=job.pk).update(rows_done=done, rows=rows, seen_at=timezone.now())

    received = Import.objects.filter(pk=job.pk, stage=Stage.RECEIVED)
    with _told_to_the_agent(job):
        plan = importer_of(job.sort, complete=job.is_complete).plan(bytes(job.content), tell)
        _to_be_read(received, plan)


def _to_be_read(jobs: QuerySet[Import], plan: Plan[Any], **also: Any) -> None:
    jobs.update(
        stage=Stage.READY,
        report=plan.report() | also,
        fingerprint=plan.fingerprint(),
        proposed_by=None,
        confirmed_by=None,
        seen_at=timezone.now(),
    )


def _claim(job: Import, stage: Stage, **fields: int) -> bool:
    as_read = Import.objects.filter(pk=job.pk, stage=job.stage, seen_at=job.seen_at, attempts=job.attempts)
    try:
        with transaction.atomic():
            return bool(
                as_read.update(stage=stage, attempts=F("attempts") + 1, seen_at=timezone.now(), **fields)
            )
    except IntegrityError:
        # passplus_import_one_runs: another worker was quicker with another import.
        return False


def _do(job: Import) -> None:
    importer = importer_of(job.sort, complete=job.is_complete)
    with _told_to_the_agent(job), _telling(job) as tell, transaction.atomic():
        plan = importer.apply(bytes(job.content), tell, as_read=job.fingerprint)
        running = Import.objects.filter(pk=job.pk, stage=Stage.RUNNING)
        done = running.update(stage=Stage.DONE, report=plan.report(), content=b"", seen_at=timezone.now())
        if not done:
            # Taken for dead, and overtaken by another worker: what it did is enough.
            transaction.set_rollback(True)
            return
        leaving = plan.leaving.get("ids", [])
        StruckOff.objects.bulk_create(
            (StruckOff(job=job, beneficiary_id=child) for child in leaving), batch_size=2_000
        )
        audit.record(
            action=Action.FILE_IMPORTED,
            subject=job,
            reason=job.reason,
            actor=job.confirmed_by,
            details=f"{_whole(job)}{plan.told}{_who_else_read(job, plan)}",
        )


def _whole(job: Import) -> str:
    """How who opens a campaign finds the last complete list."""
    return f"{COMPLETE_LIST}{NBSP}: " if job.is_complete else ""


def _who_else_read(job: Import, plan: Plan[Any]) -> str:
    if job.proposed_by:
        return f"\N{NO-BREAK SPACE}; proposé par {job.proposed_by} ({job.proposed_by.username})"
    return "\N{NO-BREAK SPACE}; sans second agent" if plan.leaving.get("is_large") else ""


@contextmanager
def _told_to_the_agent(job: Import) -> Iterator[None]:
    """Whatever goes wrong, nothing is half written, and the page of the import says what to do."""
    try:
        yield
    except Refusal as refusal:
        _refuse(job, refusal.told())
    except PlanChanged as changed:
        running = Import.objects.filter(pk=job.pk, stage=Stage.RUNNING)
        _to_be_read(running, changed.plan, was_another=True)
    except IntegrityError:
        _refuse(job, CHANGED_MEANWHILE)
    except Exception as trouble:
        if db_errors.is_transient(trouble):
            # The import waits for a database that is away, or busy: that is not its fault.
            mine = Import.objects.filter(pk=job.pk)
            mine.filter(stage=Stage.RUNNING).update(stage=Stage.CONFIRMED, attempts=0)
            mine.filter(stage=Stage.RECEIVED).update(attempts=0)
            raise
        logger.exception("Import %s was stopped", job.pk)
        _refuse(job, BROKEN)


def _refuse(job: Import, sentence: str) -> None:
    waiting = Import.objects.filter(pk=job.pk).exclude(stage__in=[Stage.DONE, Stage.ABANDONED])
    waiting.update(stage=Stage.REFUSED, report={"told": sentence}, content=b"")


@contextmanager
def _telling(job: Import) -> Iterator[Progress]:
    """Tell how far it is from beside the transaction, which nobody can look into.

    SQLite has one writer at a time: there, nothing is told until it is done.
    """
    if connection.vendor == "sqlite":
        yield lambda done, rows: None
        return
    beside = connections.create_connection(DEFAULT_DB_ALIAS)

    def tell(done: int, rows: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute(
                'UPDATE passplus_import SET rows_done = %s, "rows" = %s, seen_at = now() WHERE id = %s',
                [done, rows, job.pk],
            )

    try:
        yield tell
    finally:
        beside.close()
