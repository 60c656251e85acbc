"""Keeps what was made, once."""

import hashlib

from django.db import IntegrityError, transaction

from .. import file_seals
from ..models import BatchFile, FileKind, Payment


def is_kept(batch_id: int, kind: FileKind, payment_id: int | None = None) -> bool:
    return BatchFile.objects.filter(batch=batch_id, kind=kind, payment=payment_id).exists()


def keep(batch_id: int, kind: FileKind, name: str, content: bytes, payment: Payment | None = None) -> None:
    """If another worker has just kept its own, that one stays."""
    sha256 = hashlib.sha256(content).hexdigest()
    write(batch_id, kind, name, content, payment, size=len(content), sha256=sha256)


def write(
    batch_id: int,
    kind: FileKind,
    name: str,
    content: bytes,
    payment: Payment | None = None,
    *,
    size: int,
    sha256: str,
) -> None:
    file = BatchFile(
        batch_id=batch_id,
        payment=payment,
        kind=kind,
        name=name,
        sealed=file_seals.seal(content, sha256),
        size=size,
        sha256=sha256,
    )
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError:
        if not is_kept(batch_id, kind, file.payment_id):
            raise
