"""The totals that the kept files of a batch say, read anew of their bytes."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from xml.etree import ElementTree as ET

from core.money import ZERO

from ..models import BatchFile, FileKind
from .transfers import SCHEMA

CONTROL_SUM = f"{{urn:iso:std:iso:20022:tech:xsd:{SCHEMA}}}CtrlSum"


def said_by(file: BatchFile) -> Decimal:
    """Euros. Of the transfers, what they add up to; nothing, where a control sum says another.

    Raises NotSealed.
    """
    return TOTALS[FileKind(file.kind)](file.content)


def _canonical(content: bytes) -> Decimal:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return sum((Decimal(row["montant"].replace(",", ".")) for row in rows), ZERO)


def _transfers(content: bytes) -> Decimal:
    document = ET.fromstring(content)  # noqa: S314 – our own
    total = sum((Decimal(it.text or 0) for it in document.iterfind(".//{*}InstdAmt")), ZERO)
    controls = {Decimal(it.text or 0) for it in document.iter(CONTROL_SUM)}
    return total if controls == {total} else ZERO


TOTALS: dict[FileKind, Callable[[bytes], Decimal]] = {
    FileKind.CANONICAL: _canonical,
    FileKind.TRANSFERS: _transfers,
}
