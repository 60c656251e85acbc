"""Takes the file of a return: what it would tell is kept, for an agent to read."""

from itertools import islice

from django.db import transaction

from accounts.models import User
from core.batches import in_batches
from core.spreadsheet_files.headings import Titles
from core.spreadsheet_files.reading import opened
from core.spreadsheet_files.rows import ColumnsUnknown, Row
from payments import file_seals
from payments.iban_keys import NotSealed
from payments.models import MAPPABLE_STATES, Batch, ReturnFile, ReturnLine, ReturnState

from .exceptions import AlreadyConfirmed, NoLongerThere, NotSentYet, TooManyLines
from .judging import judge
from .titles import TITLES

# Bytes: what the web server lets in. Of lines, a batch has some thousands.
LARGEST, MOST_LINES = 1_000_000, 10_000
AT_ONCE = 1_000
# What it is sealed together with.
RETURN = "retour"


def receive(*, batch_id: int, name: str, content: bytes, actor: User, titles: Titles = TITLES) -> ReturnFile:
    """Tells nothing. Where nobody knows its columns, it waits for an agent who does (`titles.kept`).

    Raises NotReadable, TooManyLines, NotSentYet.
    """
    batch = Batch.objects.get(pk=batch_id)
    if batch.sent_at is None:
        raise NotSentYet
    file = ReturnFile(batch=batch, name=name[:120], owner=actor, sealed=file_seals.seal(content, RETURN))
    lines: list[ReturnLine] = []
    try:
        rows, file.told = _read(content, titles)
        lines = judge(rows, batch)
    except ColumnsUnknown as unknown:
        file.state, file.told = ReturnState.UNMAPPED, [unknown.told()]
    with transaction.atomic():
        file.save()
        for some in in_batches(lines, AT_ONCE):
            for line in some:
                line.file = file
            ReturnLine.objects.bulk_create(some)
    return file


@transaction.atomic
def receive_again(*, file_id: int, titles: Titles, actor: User) -> ReturnFile:
    """With the columns that an agent said. It is another one: nobody confirms what was read before.

    Locks the file. Raises AlreadyConfirmed, NoLongerThere, and what `receive` does.
    """
    before = ReturnFile.objects.select_for_update(of=("self",)).filter(pk=file_id).first()
    if before is None or before.state not in MAPPABLE_STATES:
        raise AlreadyConfirmed
    content = content_of(before)
    before.delete()
    return receive(batch_id=before.batch_id, name=before.name, content=content, actor=actor, titles=titles)


def content_of(file: ReturnFile) -> bytes:
    """Raises NoLongerThere."""
    try:
        return file_seals.unseal(bytes(file.sealed), RETURN)
    except NotSealed as gone:
        raise NoLongerThere from gone


def reseal(file: ReturnFile) -> int:
    """With the newest key, unless it was confirmed meanwhile. Raises NoLongerThere."""
    same = ReturnFile.objects.filter(pk=file.pk, sealed=bytes(file.sealed))
    return same.update(sealed=file_seals.seal(content_of(file), RETURN))


def _read(content: bytes, titles: Titles) -> tuple[list[Row], list[str]]:
    with opened(content, titles) as reading:
        rows = list(islice(reading, MOST_LINES + 1))
        if len(rows) > MOST_LINES:
            raise TooManyLines
        return rows, [*reading.told()]
