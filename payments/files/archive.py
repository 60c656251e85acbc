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
    file = BatchFile(
        batch=batch, kind=FileKind.STATEMENTS, name=f"etats-lot-{batch.pk}.zip", content=_manifest(batch.pk)
    )
    digest, size = hashlib.sha256(), 0
    for piece in pieces(file):
        digest.update(piece)
        size += len(piece)
    file.sha256, file.size = digest.hexdigest(), size
    write(file)


def pieces(file: BatchFile) -> Iterator[bytes]:
    """The bytes of any file of a batch: what a page sends."""
    if file.kind != FileKind.STATEMENTS:
        yield bytes(file.content)
        return
    yield from zipped(_contents(file), at=file.batch.approved_at)


def _contents(file: BatchFile) -> Iterator[tuple[str, bytes]]:
    yield MANIFEST, bytes(file.content)
    for pk in list(_statements(file.batch_id).values_list("pk", flat=True)):
        name, content = BatchFile.objects.values_list("name", "content").get(pk=pk)
        yield name, bytes(content)


def _manifest(batch_id: int) -> bytes:
    """A line each, then one of how many they are, and of their sums."""
    rows = _statements(batch_id).select_related("payment").defer("content")
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
