"""Files of batches for tests: the real ones, but for what is drawn."""

from payments.files.making import make_all
from payments.files.storing import keep
from payments.models import Batch, FileKind


def make_files(batch: Batch) -> None:
    """Statements that are there already are not made again, and their bytes do not matter there."""
    for payment in batch.payments.living():
        content = payment.reference.encode()
        keep(batch.pk, FileKind.STATEMENT, f"{payment.reference}.pdf", content, payment)
    make_all(batch.pk, lambda: True)
