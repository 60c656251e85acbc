"""Which columns are which: an agent says it once, and every file of that shape is read so."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from backoffice.imports import worker
from backoffice.models import MAPPABLE, Import, ImportLine, Stage

from .kept import Columns, keep


@transaction.atomic
def relate(*, import_id: int, shape: str, columns: Columns, actor: User) -> bool:
    """Keep them, and let the file be read again with them. False if it is too late."""
    again = Import.objects.filter(pk=import_id, stage__in=MAPPABLE).update(
        stage=Stage.RECEIVED,
        report={},
        fingerprint="",
        refused_lines=b"",
        rows_done=0,
        rows=0,
        seen_at=timezone.now(),
    )
    if not again:
        return False
    # Of a file that is refused this time, nothing that was read before stays.
    ImportLine.objects.filter(job=import_id).delete()
    job = Import.objects.only("sort", "name").get(pk=import_id)
    keep(sort=job.sort, shape=shape, columns=columns, subject=job, actor=actor)
    worker.compare.enqueue(import_id=import_id)
    return True
