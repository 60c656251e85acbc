"""Which template the batches are written by. One that says no sum is refused."""

from collections.abc import Sequence

from django.db import transaction

from ..exceptions import FormatUnfit, TemplateWithoutAmount, TemplateWithoutWidths
from ..models import Batch, FileColumn, FileTemplate, Format, Layout, LinePer, Source
from ..models.file_template import AMOUNTS, DATES
from .columns import written
from .rows import of_batch, samples

SAMPLES = 5
OF_AMOUNTS = (Format.CENTS, Format.CENTS_ZEROS)
OF_DATES = (Format.DAY, Format.COMPACT_DAY)


def current() -> FileTemplate | None:
    return FileTemplate.objects.filter(is_current=True).first()


@transaction.atomic
def choose(*, template_id: int) -> None:
    """From now on batches are written by it too.

    Raises TemplateWithoutAmount, TemplateWithoutWidths, FormatUnfit.
    """
    template = FileTemplate.objects.select_for_update().get(pk=template_id)
    check(template, list(template.columns.all()))
    choose_none()
    FileTemplate.objects.filter(pk=template_id).update(is_current=True)


def choose_none() -> None:
    FileTemplate.objects.filter(is_current=True).update(is_current=False)


def check(template: FileTemplate, columns: Sequence[FileColumn]) -> None:
    """Raises TemplateWithoutAmount, TemplateWithoutWidths, FormatUnfit."""
    sources = {column.source for column in columns}
    if Source.AMOUNT not in sources and not {Source.SPORT, Source.CULTURE} <= sources:
        raise TemplateWithoutAmount
    if template.layout == Layout.FIXED and not all(column.width for column in columns):
        raise TemplateWithoutWidths
    for column in columns:
        if column.format in OF_AMOUNTS and column.source not in AMOUNTS:
            raise FormatUnfit
        if column.format in OF_DATES and column.source not in DATES:
            raise FormatUnfit


def made(template: FileTemplate, batch: Batch) -> bytes:
    """Raises what `check` raises, ColumnTooNarrow, AccountUnreadable."""
    columns = list(template.columns.all())
    check(template, columns)
    return written(template, columns, of_batch(batch, by_wallet=template.line_per == LinePer.KIND))


def preview(template: FileTemplate, columns: Sequence[FileColumn], batch: Batch) -> str:
    """The first lines of that batch, unsaved columns too, with masked IBANs.

    Raises what `check` raises, and ColumnTooNarrow.
    """
    check(template, columns)
    rows = samples(batch, SAMPLES, by_wallet=template.line_per == LinePer.KIND)
    return written(template, columns, rows).decode(template.encoding)
