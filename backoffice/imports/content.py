"""The file of an import, as it is kept until the import is done."""

from collections.abc import Iterator
from itertools import count

from django.db.models import BinaryField
from django.db.models.functions import Substr

from backoffice.models import Import

# A connection to PostgreSQL keeps the memory that its longest answer took, and a byte comes as two letters.
PIECE = 2**20


def content_of(job: Import) -> bytes:
    """Empty once the import is done, or the job is gone."""
    return b"".join(_pieces(job.pk))


def _pieces(key: int) -> Iterator[bytes]:
    jobs = Import.objects.filter(pk=key)
    for first in count(1, PIECE):
        piece = Substr("content", first, PIECE, output_field=BinaryField())
        read = bytes(jobs.values_list(piece, flat=True).first() or b"")
        yield read
        if len(read) < PIECE:
            return
