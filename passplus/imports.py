"""Files that agents bring: compared with what is there, confirmed by an agent, then done in one transaction.

`manage.py run_imports` is the only one who works on them, in a process of its own: no page waits for
eighty thousand lines, and none holds them in memory.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, connections, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.exceptions import Refusal
from accounts.models import Action, User
from accounts.office import audit
from accounts.office.plans import Importer, Progress
from accounts.office.roster import Roster
from core import db_errors
from partners.imports import DirectoryImporter
from partners.models import Commune

from .models import Import, Sort, Stage
from .worker import Stop

logger = logging.getLogger(__name__)

# A worker that dies leaves its import to the next one, after so long without a word from it.
LEASE = dt.timedelta(minutes=10)
# A file whose preview nobody followed up is not kept.
FORGOTTEN_AFTER = dt.timedelta(days=1)

CHANGED_MEANWHILE = "Quelqu’un a changé la liste pendant l’import. Rien n’est écrit : recommencez."
BROKEN = "Une erreur imprévue a arrêté l’import. Rien n’est écrit. Prévenez l’exploitation."


def importer_of(sort: str, *, complete: bool = False) -> Importer:
    if sort == Sort.DIRECTORY:
        return DirectoryImporter()
    return Roster(dict(Commune.objects.values_list("name", "insee_code")), complete=complete)


def confirm(*, import_id: int, reason: str, actor: User) -> bool:
    """Let the worker do it: true for one agent, once, who read what it would do."""
    ready = Import.objects.filter(pk=import_id, stage=Stage.READY)
    return bool(
        ready.update(
            stage=Stage.CONFIRMED, reason=reason, confirmed_by=actor, rows_done=0, seen_at=timezone.now()
        )
    )


def work(stop: Stop) -> int:
    """Compare and do what waits, the oldest first, until nothing does or until `stop`; return how many.

    Several may run: what is confirmed belongs to whoever claimed it, and one is done at a time.
    """
    Import.objects.filter(stage=Stage.READY, created_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
    worked = 0
    while not stop.is_set() and (job := _next()):
        if job.stage == Stage.RECEIVED:
            _compare(job)
        elif _claim(job):
            _do(job)
        worked += 1
    return worked


def _next() -> Import | None:
    """What is confirmed waits while another one runs; one whose worker is silent comes first."""
    waiting = Q(stage=Stage.RECEIVED) | Q(stage=Stage.RUNNING, seen_at__lt=timezone.now() - LEASE)
    if not Import.objects.filter(stage=Stage.RUNNING).exists():
        waiting |= Q(stage=Stage.CONFIRMED)
    return Import.objects.filter(waiting).order_by("pk").first()


def _compare(job: Import) -> None:
    """Reads only, and may be done twice."""

    def tell(done: int, rows: int) -> None:
        Import.objects.filter(pk=job.pk).update(rows_done=done, rows=rows, seen_at=timezone.now())

    received = Import.objects.filter(pk=job.pk, stage=Stage.RECEIVED)
    with _told_to_the_agent(job):
        plan = importer_of(job.sort, complete=job.is_complete).plan(bytes(job.content), tell)
        received.update(stage=Stage.READY, report=plan.report())


def _claim(job: Import) -> bool:
    as_read = Import.objects.filter(pk=job.pk, stage=job.stage, seen_at=job.seen_at)
    try:
        with transaction.atomic():
            return bool(as_read.update(stage=Stage.RUNNING, rows_done=0, seen_at=timezone.now()))
    except IntegrityError:
        # passplus_import_one_runs: another worker was quicker with another import.
        return False


def _do(job: Import) -> None:
    importer = importer_of(job.sort, complete=job.is_complete)
    with _told_to_the_agent(job), _telling(job) as tell, transaction.atomic():
        plan = importer.apply(bytes(job.content), tell)
        running = Import.objects.filter(pk=job.pk, stage=Stage.RUNNING)
        if not running.update(stage=Stage.DONE, report=plan.report(), content=b""):
            # Taken for dead, and overtaken by another worker: what it did is enough.
            transaction.set_rollback(True)
            return
        audit.record(
            action=Action.FILE_IMPORTED,
            subject=job,
            reason=job.reason,
            actor=job.confirmed_by,
            details=plan.told,
        )


@contextmanager
def _told_to_the_agent(job: Import) -> Iterator[None]:
    """Whatever goes wrong, nothing is half written, and the page of the import says what to do."""
    try:
        yield
    except Refusal as refusal:
        _refuse(job, refusal.told())
    except IntegrityError:
        _refuse(job, CHANGED_MEANWHILE)
    except Exception as trouble:
        if db_errors.is_transient(trouble):
            # The import waits for a database that is away, or busy.
            Import.objects.filter(pk=job.pk, stage=Stage.RUNNING).update(stage=Stage.CONFIRMED)
            raise
        logger.exception("Import %s was stopped", job.pk)
        _refuse(job, BROKEN)


def _refuse(job: Import, sentence: str) -> None:
    waiting = Import.objects.filter(pk=job.pk).exclude(stage=Stage.DONE)
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
