"""A photograph made anew: upright, of one kind, with no word of where and when it was taken."""

import io

import pillow_heif
from PIL import Image, ImageOps

from .formats import PaperFormat
from .refusals import Refused
from .sentences import DAMAGED, MOST_PIXELS, TOO_MANY_PIXELS

# A page of A4 at 220 dots an inch: small print is read, and a page weighs half a megabyte.
LONGEST_SIDE = 2_600
QUALITY = 82
OPENED_AS = {PaperFormat.JPEG: ("JPEG", "MPO"), PaperFormat.PNG: ("PNG",), PaperFormat.HEIC: ("HEIF",)}


def remade(content: bytes, found: PaperFormat) -> bytes:
    """As a JPEG. Raises Refused."""
    if found == PaperFormat.HEIC:
        pillow_heif.register_heif_opener(thumbnails=False)
    try:
        picture = Image.open(io.BytesIO(content), formats=OPENED_AS[found])
        # Its header alone was read.
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(TOO_MANY_PIXELS)
        if found == PaperFormat.JPEG:
            # Of a large one every second point, or fourth.
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        return _as_jpeg(picture)
    except (Refused, MemoryError):
        raise
    except Image.DecompressionBombError as bomb:
        raise Refused(TOO_MANY_PIXELS) from bomb
    except Exception as wrong:  # a damaged picture is met with whatever the parts of a library raise
        raise Refused(DAMAGED) from wrong


def _as_jpeg(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        # What shows through is paper.
        seen_through = upright.convert("RGBA")
        upright = Image.new("RGB", upright.size, "white")
        upright.paste(seen_through, mask=seen_through.getchannel("A"))
    anew = Image.new("RGB", upright.size)
    anew.paste(upright.convert("RGB"))
    written = io.BytesIO()
    anew.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
