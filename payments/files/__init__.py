"""The files of a batch: a statement for each payment, and what the finance service takes."""

from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from core import tasks
from core.exceptions import Refusal

from ..models import BatchFile, FileKind, Payer, Payment
from .archive import pieces
from .making import kinds, make

__all__ = ["make", "make_again", "pieces", "progress", "trouble", "whole"]

BROKEN = "Une erreur imprévue a arrêté la préparation des fichiers. Prévenez l’exploitation."


def whole(batch_id: int) -> bool:
    """Whether all files of the batch are made: its archive is the last of them."""
    return BatchFile.objects.filter(batch=batch_id, kind=FileKind.STATEMENTS).exists()


def progress(batch_id: int) -> tuple[int, int]:
    """How many are made, of how many."""
    made = BatchFile.objects.filter(batch=batch_id).count()
    if whole(batch_id):
        return made, made
    statements = Payment.objects.living().filter(batch=batch_id).count()
    return made, statements + len(kinds(batch_id, Payer.current()))


def trouble(batch_id: int) -> str:
    """Why they are not made any further, as a sentence; nothing while they are, or once they are there."""
    failed = _failed(batch_id).first()
    if failed is None or whole(batch_id):
        return ""
    kind = import_string(failed.exception_class_path)
    return str(kind.sentence) if issubclass(kind, Refusal) else BROKEN


def make_again(batch_id: int) -> bool:
    """Go on where it stopped, once what was wrong is set right; false if nothing has stopped."""
    return bool(tasks.retry(_failed(batch_id)))


def _failed(batch_id: int) -> QuerySet[DBTaskResult]:
    ours = tasks.failed().filter(task_path=make.module_path, args_kwargs__kwargs__batch_id=batch_id)
    return ours.order_by("-enqueued_at")
