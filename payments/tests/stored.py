"""Files of batches for tests: their bytes do not matter there."""

import hashlib

from payments.models import Batch, BatchFile, FileKind


def make_files(batch: Batch) -> None:
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
