"""All statements of a batch, and their manifest, in one archive.

It is kept nowhere: put together anew of the statements, which never change, it is the same to the byte, and
neither a page nor the worker ever holds it whole. Kept are its manifest, its size and its SHA-256.
"""

import hashlib
from collections.abc import Iterator
from operator import itemgetter

from django.db.models import QuerySet

from core.money import ZERO
from core.spreadsheets import Columns, as_csv
from core.zipped import zipped

from ..models import Batch, BatchFile, FileKind
from .storing import write

MANIFEST = "manifeste.csv"
HEADERS = ("fichier", "reference", "raison_sociale", "montant", "octets", "sha256")
COLUMNS: Columns = {name: itemgetter(number) for number, name in enumerate(HEADERS)}


def make(batch: Batch) -> None:
    """Once all its statements are kept."""
    manifest = _manifest(batch.pk)
    digest, size = hashlib.sha256(), 0
    for piece in _zipped(batch, manifest):
        digest.update(piece)
        size += len(piece)
    name = f"etats-lot-{batch.pk}.zip"
    write(batch.pk, FileKind.STATEMENTS, name, manifest, size=size, sha256=digest.hexdigest())


def pieces(file: BatchFile) -> Iterator[bytes]:
    """The bytes of any file of a batch: what a page sends. Raises NotSealed."""
    if file.kind != FileKind.STATEMENTS:
        yield file.content
        return
    yield from _zipped(file.batch, file.content)


def _zipped(batch: Batch, manifest: bytes) -> Iterator[bytes]:
    return zipped(_contents(batch.pk, manifest), at=batch.approved_at)


def _contents(batch_id: int, manifest: bytes) -> Iterator[tuple[str, bytes]]:
    yield MANIFEST, manifest
    for pk in list(_statements(batch_id).values_list("pk", flat=True)):
        file = BatchFile.objects.get(pk=pk)
        yield file.name, file.content


def _manifest(batch_id: int) -> bytes:
    """A line each, then one of how many they are, and of their sums."""
    rows = _statements(batch_id).select_related("payment").defer("sealed")
    listed = [
        (row.name, row.payment.reference, row.payment.legal_name, row.payment.amount, row.size, row.sha256)
        for row in rows
        if row.payment
    ]
    total = sum((row[3] for row in listed), ZERO)
    last = ("total", str(len(listed)), "", total, sum(row[4] for row in listed), "")
    return "".join(as_csv(COLUMNS, [*listed, last])).encode()


def _statements(batch_id: int) -> QuerySet[BatchFile]:
    return BatchFile.objects.filter(batch=batch_id, kind=FileKind.STATEMENT).order_by("payment")
