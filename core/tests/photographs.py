"""Photographs of what has squares on it, as a telephone takes them."""

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageEnhance, ImageFilter

from core.qr import QUIET_ZONE, symbol

# Of a telephone: 12 megapixels.
WIDTH, HEIGHT = 4000, 3000
TABLE, PAPER = 150, 245


def square(text: str, side: int) -> Image.Image:
    drawn = io.BytesIO()
    symbol(text).save(drawn, kind="png", scale=4, border=QUIET_ZONE)
    return Image.open(drawn).convert("L").resize((side, side))


def photograph(
    texts: Sequence[str],
    *,
    columns: int = 1,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    angle: float = 0,
    blur: float = 0,
    light: float = 1,
) -> Image.Image:
    """A sheet for each text, in rows, on a table. `angle` in degrees, of each sheet; `blur` in pixels."""
    picture = Image.new("L", size, TABLE)
    rows = math.ceil(len(texts) / columns)
    width, height = size[0] // columns, size[1] // rows
    # As on a ticket: 45 mm of its 198 by 87, and room to turn.
    side = int(min(width * 45 / 198, height * 45 / 87) * 0.9)
    for number, text in enumerate(texts):
        sheet = Image.new("L", (side * 2, side + 20), PAPER)
        sheet.paste(square(text, side), (side // 2, 10))
        turned = sheet.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=TABLE)
        left, top = number % columns * width, number // columns * height
        picture.paste(turned, (left + (width - turned.width) // 2, top + (height - turned.height) // 2))
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    return ImageEnhance.Brightness(picture.convert("RGB")).enhance(light)


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
