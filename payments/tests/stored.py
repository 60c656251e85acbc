"""Files of batches for tests: the real ones, but for what is drawn."""

import hashlib

from payments.files.making import make_all
from payments.models import Batch, BatchFile, FileKind


def make_files(batch: Batch) -> None:
    """Statements that are there already are not made again, and their bytes do not matter there."""
    for payment in batch.payments.living():
        content = payment.reference.encode()
        BatchFile.objects.create(
            batch=batch,
            payment=payment,
            kind=FileKind.STATEMENT,
            name=f"{payment.reference}.pdf",
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
    make_all(batch.pk, lambda: True)
