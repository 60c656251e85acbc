"""Batches and the files of them."""

import csv
import io
import re
from typing import Any

import pypdf

from accounts.tests.factories import make_user
from payments import files
from payments.files.making import make_all
from payments.models import Batch, BatchFile, FileKind, Payer, Payment

from ..factories import make_batch
from ..ibans import french_iban
from ..paid import approve


def make_payer(**fields: Any) -> Payer:
    fields = {"name": "Département d’essai", "iban": french_iban(99), "bic": "BDFEFRPPCCT"} | fields
    return Payer.objects.update_or_create(pk=1, defaults=fields)[0]


def make_approved() -> Batch:
    """Of all that is due, with its files."""
    batch = approve(make_batch(), actor=make_user(first_name="Agathe", last_name="BERNARD"))
    make_all(batch.pk, lambda: True)
    return batch


def file_of(batch: Batch, kind: FileKind) -> BatchFile:
    return batch.files.get(kind=kind)


def rows_of(batch: Batch, kind: FileKind = FileKind.CANONICAL) -> list[dict[str, str]]:
    text = file_of(batch, kind).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def statement_of(payment: Payment) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(b"".join(files.pieces(payment.files.get()))))


def text_of(payment: Payment) -> str:
    """Its pages in one line, each space an ordinary one."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in statement_of(payment).pages))
