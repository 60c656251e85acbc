"""All statements in one archive, the same to the byte whenever it is asked for."""

import hashlib
import io
import zipfile

import pytest

from payments import files
from payments.files import archive
from payments.models import FileKind

from ..factories import make_use
from ..paid import make_sent
from .made import file_of

pytestmark = pytest.mark.django_db


def test_its_manifest_says_what_is_in_it():
    make_use("12.50"), make_use("1.00")
    batch = make_sent()
    content = b"".join(files.pieces(file_of(batch, FileKind.STATEMENTS)))
    opened = zipfile.ZipFile(io.BytesIO(content))
    statements = batch.files.filter(kind=FileKind.STATEMENT).order_by("payment")
    first, *lines = opened.read(archive.MANIFEST).decode("utf-8-sig").splitlines()

    assert first == "fichier;reference;raison_sociale;montant;octets;sha256"
    assert opened.namelist() == [archive.MANIFEST, *(it.name for it in statements)]
    for line, file in zip(lines[:-1], statements, strict=True):
        inside = opened.read(file.name)
        assert line.split(";")[0] == file.name
        assert line.split(";")[-2:] == [str(len(inside)), hashlib.sha256(inside).hexdigest()]
    assert lines[-1] == f"total;2;;13,50;{sum(it.size for it in statements)};"


def test_it_is_what_was_noted_of_it_for_ever():
    make_use(), make_use()
    file = file_of(make_sent(), FileKind.STATEMENTS)
    first, second = (b"".join(files.pieces(file)) for _ in range(2))

    assert first == second
    assert (len(first), hashlib.sha256(first).hexdigest()) == (file.size, file.sha256)


def test_one_statement_at_a_time():
    make_use(), make_use(), make_use()
    file = file_of(make_sent(), FileKind.STATEMENTS)

    assert len(list(files.pieces(file))) == 5
