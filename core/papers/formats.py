"""What a paper is, by what it holds: never by its name, nor by what the browser says of it."""

from enum import StrEnum

# The name of the format follows; a phone's photograph has one of these.
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
# Readers look for it as far as there: printers write lines of their own before it.
PDF_WITHIN = 1024


class PaperFormat(StrEnum):
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"


def format_of(content: bytes) -> PaperFormat | None:
    """None of what is no paper."""
    if content.startswith(b"\xff\xd8\xff"):
        return PaperFormat.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PaperFormat.PNG
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return PaperFormat.HEIC
    return PaperFormat.PDF if b"%PDF-" in content[:PDF_WITHIN] else None
