"""Which columns are which: an agent says it once, and every file of that shape is read so."""

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from backoffice.imports import worker
from backoffice.models import MAPPABLE, ColumnMapping, Import, ImportLine, Stage
from core.changes import Change

from .kept import Columns, called, kept_for


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
    before = kept_for(job.sort).get(shape)
    ColumnMapping.objects.update_or_create(
        sort=job.sort,
        shape=shape,
        defaults={"columns": columns, "mapped_by": actor, "mapped_at": timezone.now()},
    )
    audit.record(
        action=Action.COLUMNS_MAPPED,
        subject=job,
        reason="Colonnes d’un fichier, reliées à la main",
        actor=actor,
        changes=[*_changes(before.called if before else {}, called(columns))],
    )
    worker.compare.enqueue(import_id=import_id)
    return True


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for column in dict.fromkeys([*before, *after]):
        if (was := before.get(column, "")) != (now := after.get(column, "")):
            yield column, was, now
