"""A file that is no spreadsheet is called what it is, whatever its name says."""

import io
import zipfile

import pytest

from core.spreadsheet_files.headings import Titles
from core.spreadsheet_files.reading import opened
from core.spreadsheet_files.rows import NotReadable

from .workbooks import xls, xlsx


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return file.getvalue()


def broken_off(content):
    """Its only sheet ends amid a cell; all the rest is whole."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(file, "w") as archive:
        for name in whole.namelist():
            part = whole.read(name)
            archive.writestr(name, part[: part.index(b"</c>")] if "sheet1" in name else part)
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOOK = xlsx({"Liste": [["Nom"], ["A"]]})


@pytest.mark.parametrize("titles", ["ID;Prénom;Nom", "ID;PRENOM;Nom", "id;p;Nom"])
def test_a_list_that_begins_with_an_identifier_is_none_of_them(titles):
    """Excel itself takes it for a file of an ancient spreadsheet."""
    with opened(f"{titles}\n1;Zoé;A".encode(), Titles(["Nom"], frozenset({"Nom"}))) as reading:
        assert [row.cells["Nom"] for row in reading] == ["A"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n", "est un PDF"),
        (b"\xff\xd8\xff\xe0JFIF", "est une image"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><table><tr><td>Nom", "est une page du web, sous le nom d’un tableur"),
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", "est une page du web"),
        (b"<?xml version='1.0'?><Workbook>", "est un fichier XML"),
        (b"ID;PWXL;N;E\nC;Y1;X1", "est un fichier SYLK"),
        (zipped("Index/Document.iwa", "preview.jpg"), "est un fichier de Numbers"),
        (zipped("[Content_Types].xml", "word/document.xml"), "est un document de Word"),
        (zipped("eleves.csv"), "est une archive, et non un tableur"),
        (BOOK[: len(BOOK) // 2], "est abîmé, ou n’est pas arrivé en entier"),
        (broken_off(BOOK), "n’est pas un tableur lisible"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protégé par un mot de passe"),
        (OLE + b"\0" * 4_000, "n’est pas un tableur lisible"),
        (xls({"Liste": [["Nom"], ["A"]]})[:3_000], "n’est pas un tableur lisible"),
        (b"\0\1\2\3", "ni un CSV ni un tableur"),
    ],
)
def test_it_is_said_what_it_is(content, sentence):
    """admin.md § 2, 41, 45-48: a password was « ni un CSV ni un XLSX », a web page lacked seven columns."""
    with (
        pytest.raises(NotReadable, match=sentence),
        opened(content, Titles(["Nom"], frozenset({"Nom"}))) as reading,
    ):
        list(reading)
