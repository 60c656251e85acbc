"""What a file is, by what it begins with: its name may say anything."""

import io
import re
import zipfile

from .rows import NotReadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

SAVE = "Ouvrez-le dans le tableur, et enregistrez la liste en XLSX ou en CSV."
# What they begin with, after spaces; each with what an agent calls it.
OTHERS = {
    b"%PDF": "un PDF",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
    b"GIF8": "une image",
    b"{\\rtf": "un texte mis en forme",
    b"<!doctype html": "une page du web, sous le nom d’un tableur",
    b"<html": "une page du web, sous le nom d’un tableur",
    b"<table": "une page du web, sous le nom d’un tableur",
    b"<?xml": "un fichier XML",
    b"rar!": "une archive",
    b"7z\xbc\xaf": "une archive",
    b"\x1f\x8b": "une archive",
}
# « ID;Prénom » begins a list, and « ID;PWXL » such a file, whose next line is a record too.
SYLK = re.compile(rb"ID;P[^\r\n]*\r?\n(?:B|C|E|F|NN|NU|O|P);")
# By a part that only they have.
ZIPPED = {
    "Index/Document.iwa": "un fichier de Numbers",
    "Index.zip": "un fichier de Numbers",
    "word/document.xml": "un document de Word",
    "ppt/presentation.xml": "une présentation",
}


def is_workbook(content: bytes) -> bool:
    return content.startswith((OLE, ZIP))


def refuse_other_kinds(content: bytes, remedy: str = SAVE) -> None:
    """Raises NotReadable, which says the remedy."""
    if content.startswith(ZIP):
        _refuse_other_archives(content, remedy)
        return
    if is_workbook(content):
        return
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for sign, kind in OTHERS.items():
        if start.startswith(sign.lower()):
            raise NotReadable(f"Ce fichier est {kind}. {remedy}")
    if SYLK.match(content):
        raise NotReadable(f"Ce fichier est un fichier SYLK, d’un ancien tableur. {remedy}")
    if b"\0" in content and not content.startswith(UTF_16):
        raise NotReadable(f"Ce fichier n’est ni un CSV ni un tableur. {remedy}")


def _refuse_other_archives(content: bytes, remedy: str) -> None:
    try:
        names = {*zipfile.ZipFile(io.BytesIO(content)).namelist()}
    except (zipfile.BadZipFile, ValueError, OSError) as wrong:
        raise NotReadable(f"Ce fichier est abîmé, ou n’est pas arrivé en entier. {remedy}") from wrong
    for name, kind in ZIPPED.items():
        if name in names:
            raise NotReadable(f"Ce fichier est {kind}. {remedy}")
    if not names & {"[Content_Types].xml", "content.xml"}:
        raise NotReadable(f"Ce fichier est une archive, et non un tableur. {remedy}")
