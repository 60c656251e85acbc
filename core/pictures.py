"""The QR codes of a picture that somebody sends: read in memory, and kept nowhere."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import zxingcpp
from PIL import Image, ImageOps

from core.exceptions import Refusal

# Bytes of it, and pixels.
LARGEST = 8_000_000
MOST_PIXELS = 40_000_000
# Of a photograph of 12 megapixels: thirty tickets are read on it. More takes longer and finds no other.
LONGEST_SIDE = 4_200
FORMATS = ("JPEG", "PNG", "WEBP")
# A JPEG that comes in stages is gone over once for each: ten are usual, thousands would take minutes.
STAGE, MOST_STAGES = b"\xff\xda", 60
# Lines that begin within so much of its height stand beside each other.
LINE_HEIGHT = 0.1
# Seconds that one waits for who was first: a picture may be 40 MB once it is unpacked.
PATIENCE = 3.0
_reading = threading.Lock()
_SQUARES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


class NotReadable(Refusal):
    sentence = (
        "Ce fichier n’est pas une photo, ou n’est pas arrivé en entier. Envoyez une photo JPEG ou PNG, ou "
        "tapez le code écrit sous le carré."
    )


class TooLarge(NotReadable):
    sentence = (
        f"Cette photo est trop grande\N{NO-BREAK SPACE}: {LARGEST // 1_000_000} Mo et "
        f"{MOST_PIXELS // 1_000_000} mégapixels au plus. Reprenez-la avec une définition plus basse."
    )


class NotAJpeg(NotReadable):
    sentence = (
        "Cette photo est au format HEIC, que ce site ne lit pas. Sur un iPhone\N{NO-BREAK SPACE}: Réglages, "
        "Appareil photo, Formats, «\N{NO-BREAK SPACE}Le plus compatible\N{NO-BREAK SPACE}». Ou envoyez une "
        "capture d’écran de la photo."
    )


class Busy(NotReadable):
    sentence = "D’autres photos sont en cours de lecture. Renvoyez la vôtre dans un instant."


def qr_texts(content: bytes) -> list[str]:
    """What its QR codes say, from the top down and from left to right. Raises NotReadable."""
    if len(content) > LARGEST:
        raise TooLarge
    # HEIC and AVIF are files of this kind.
    if content[4:8] == b"ftyp":
        raise NotAJpeg
    with _one_at_a_time():
        try:
            return _read(content)
        except NotReadable:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
            raise TooLarge from bomb
        except Exception as wrong:  # a damaged picture is met with whatever the parts of a library raise
            raise NotReadable from wrong


def _read(content: bytes) -> list[str]:
    grey = _grey(content)
    found = zxingcpp.read_barcodes(grey, formats=_SQUARES, try_invert=False)
    line = max(grey.height * LINE_HEIGHT, 1)

    def place(code: zxingcpp.Barcode) -> tuple[int, int]:
        first, last = code.position.top_left, code.position.bottom_right
        return round((first.y + last.y) / 2 / line), first.x + last.x

    return [code.text for code in sorted(found, key=place)]


def _grey(content: bytes) -> Image.Image:
    """As large as it needs to be, and upright. Only its header is read before its size is known."""
    picture = Image.open(io.BytesIO(content), formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise TooLarge
    if picture.format in {"JPEG", "MPO"} and content.count(STAGE) > MOST_STAGES:
        raise NotReadable
    # Of a JPEG only the grey is unpacked, and of a very large one every second pixel.
    picture.draft("L", (LONGEST_SIDE // 2, LONGEST_SIDE // 2))
    grey = picture.convert("L")
    while max(grey.size) > LONGEST_SIDE:
        grey = grey.reduce(2)
    with suppress(Exception):
        ImageOps.exif_transpose(grey, in_place=True)
    return grey


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _reading.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _reading.release()
