"""The files of a batch."""

from .models import BatchFile, FileKind, Payment


def whole(batch_id: int) -> bool:
    """Whether all files of the batch are made."""
    statements = BatchFile.objects.filter(batch=batch_id, kind=FileKind.STATEMENT).count()
    return statements == Payment.objects.living().filter(batch=batch_id).count()
