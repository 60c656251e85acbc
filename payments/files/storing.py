"""Keeps what was made, once."""

import hashlib

from django.db import IntegrityError, transaction

from ..models import BatchFile, FileKind, Payment


def is_kept(batch_id: int, kind: FileKind, payment_id: int | None = None) -> bool:
    return BatchFile.objects.filter(batch=batch_id, kind=kind, payment=payment_id).exists()


def keep(batch_id: int, kind: FileKind, name: str, content: bytes, payment: Payment | None = None) -> None:
    """If another worker has just kept its own, that one stays."""
    file = BatchFile(
        batch_id=batch_id,
        payment=payment,
        kind=kind,
        name=name,
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    write(file)


def write(file: BatchFile) -> None:
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError:
        if not is_kept(file.batch_id, FileKind(file.kind), file.payment_id):
            raise
