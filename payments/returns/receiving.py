"""Takes the file of a return: what it would tell is kept, for an agent to read."""

from itertools import islice

from django.db import transaction

from accounts.models import User
from core.batches import in_batches
from core.spreadsheet_files.reading import opened
from core.spreadsheet_files.rows import Row
from payments.models import Batch, ReturnFile, ReturnLine

from .exceptions import NotSentYet, TooManyLines
from .judging import judge
from .titles import TITLES

# Bytes: what the web server lets in. Of lines, a batch has some thousands.
LARGEST, MOST_LINES = 1_000_000, 10_000
AT_ONCE = 1_000


def receive(*, batch_id: int, name: str, content: bytes, actor: User) -> ReturnFile:
    """Tells nothing. Raises NotReadable, TooManyLines, NotSentYet."""
    batch = Batch.objects.get(pk=batch_id)
    if batch.sent_at is None:
        raise NotSentYet
    rows, told = _read(content)
    lines = judge(rows, batch)
    with transaction.atomic():
        file = ReturnFile.objects.create(batch=batch, name=name[:120], told=told, owner=actor)
        for some in in_batches(lines, AT_ONCE):
            for line in some:
                line.file = file
            ReturnLine.objects.bulk_create(some)
    return file


def _read(content: bytes) -> tuple[list[Row], list[str]]:
    with opened(content, TITLES) as reading:
        rows = list(islice(reading, MOST_LINES + 1))
        if len(rows) > MOST_LINES:
            raise TooManyLines
        return rows, [*reading.told()]
