"""Makes the files of an approved batch, beside the pages: each once, and never again."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from django.db import transaction
from django.utils.text import slugify
from django_tasks import TaskContext, task

from core import tasks
from core.tasks import Priority, Queue

from ..models import Batch, BatchFile, BatchState, FileKind, Layout, Payer, Payment
from . import archive, canonical, statements, templates, transfers
from .rows import iban_of, paid_in
from .storing import is_kept, keep

# Files that a task makes, ten seconds of work: then whoever else waits for an import or an export has a turn.
AT_ONCE = 50


@task(queue_name=Queue.FILES, priority=Priority.FILE, takes_context=True)
def make(context: TaskContext, *, batch_id: int) -> None:
    """Some of them; the next task makes more. Raises AccountUnreadable, before any file is made."""
    if tasks.was_begun_too_often(context):
        raise tasks.KilledItsWorkers
    if make_all(batch_id, partial(tasks.say_alive, context), AT_ONCE):
        with transaction.atomic():
            if tasks.end(context):
                make.enqueue(batch_id=batch_id)


def make_all(batch_id: int, goes_on: Callable[[], bool], most: int | None = None) -> bool:
    """What is not there yet, until `goes_on` says no or the batch is dropped; true if there is more than
    `most`. One statement at a time is in memory. The archive comes last: where it is, all are.
    """
    batch = Batch.objects.select_related("approved_by").get(pk=batch_id)
    if not batch.files.exists():
        for payment in paid_in(batch):
            iban_of(payment)
    steps = _steps(batch, Payer.current())
    for step in islice(steps, most):
        if not (_is_approved(batch_id) and goes_on()):
            return False
        step()
    return next(steps, None) is not None


def kinds(batch_id: int, payer: Payer) -> list[FileKind]:
    """Those that this batch has, beside a statement for each payment."""
    pays = Payment.objects.living().filter(batch=batch_id, amount__gt=0).exists()
    transferred = [FileKind.TRANSFERS] if payer.sealed_iban and pays else []
    columns = [FileKind.COLUMNS] if templates.current() else []
    return [FileKind.CANONICAL, *columns, *transferred, FileKind.STATEMENTS]


def _steps(batch: Batch, payer: Payer) -> Iterator[Callable[[], None]]:
    of_payments = Payment.objects.living().filter(batch=batch).order_by("pk")
    made = BatchFile.objects.filter(batch=batch, kind=FileKind.STATEMENT).values("payment")
    for payment_id in list(of_payments.exclude(pk__in=made).values_list("pk", flat=True)):
        yield partial(_make_statement, payment_id, payer)
    for kind in kinds(batch.pk, payer):
        if not is_kept(batch.pk, kind):
            yield partial(_MAKERS[kind], batch, payer)


def _make_statement(payment_id: int, payer: Payer) -> None:
    payments = Payment.objects.select_related(
        "batch__approved_by", "account", "partner__commune", "partner__accounting"
    )
    payment = payments.get(pk=payment_id)
    content = statements.draw(payment, payer)
    keep(payment.batch_id, FileKind.STATEMENT, statements.name_of(payment), content, payment)


def _make_canonical(batch: Batch, _: Payer) -> None:
    keep(batch.pk, FileKind.CANONICAL, f"canonique-lot-{batch.pk}.csv", canonical.written(batch))


def _make_columns(batch: Batch, _: Payer) -> None:
    if template := templates.current():
        suffix = "csv" if template.layout == Layout.DELIMITED else "txt"
        content = templates.made(template, batch)
        keep(batch.pk, FileKind.COLUMNS, f"{slugify(template.name)}-lot-{batch.pk}.{suffix}", content)


def _make_transfers(batch: Batch, payer: Payer) -> None:
    keep(batch.pk, FileKind.TRANSFERS, f"virements-lot-{batch.pk}.xml", transfers.written(batch, payer))


def _make_archive(batch: Batch, _: Payer) -> None:
    archive.make(batch)


_MAKERS = {
    FileKind.CANONICAL: _make_canonical,
    FileKind.COLUMNS: _make_columns,
    FileKind.TRANSFERS: _make_transfers,
    FileKind.STATEMENTS: _make_archive,
}


def _is_approved(batch_id: int) -> bool:
    return Batch.objects.filter(pk=batch_id, state=BatchState.APPROVED).exists()
