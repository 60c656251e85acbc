"""The attestation of each signature that binds, made once, beside the pages."""

from collections.abc import Iterable
from hashlib import sha256

from django.db.models import QuerySet
from django_tasks import TaskContext, task

from core import tasks
from core.tasks import Priority, Queue

from . import attestation
from .models import Attestation, Signature


@task(queue_name=Queue.FILES, priority=Priority.FILE, takes_context=True)
def make(context: TaskContext, *, signature_id: int) -> None:
    """Begun twice, the first that is kept stays."""
    if tasks.was_begun_too_often(context):
        raise tasks.KilledItsWorkers
    signature = _drawable().get(pk=signature_id)
    content = attestation.draw(signature)
    made = Attestation(signature=signature, content=content, sha256=sha256(content).hexdigest())
    Attestation.objects.bulk_create([made], ignore_conflicts=True)


def waiting() -> Iterable[int]:
    """The signatures that bind and have none yet."""
    return Signature.objects.binding().filter(attestation=None).order_by("pk").values_list("pk", flat=True)


def content_of(signature: Signature) -> bytes | None:
    """The bytes that were made; None while they are made. Until it binds, drawn as it is today.

    Raises pdf.PenTaken.
    """
    if kept := Attestation.objects.filter(signature=signature).first():
        return bytes(kept.content)
    if Signature.objects.binding().filter(pk=signature.pk).exists():
        return None
    return attestation.draw(_drawable().get(pk=signature.pk))


def _drawable() -> QuerySet[Signature]:
    return Signature.objects.select_related("convention", "countersignature")
