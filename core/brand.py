"""A campaign's own colours, in the place of ours (static/css/pass.css), and its logo."""

import base64
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error


def stylesheet(light: str, dark: str) -> str:
    """The accent of each theme, what is written on it, and the shades that come from it."""
    return (
        ":root{"
        f"--brand:light-dark({light},{dark});"
        f"--on-brand:light-dark({readable_on(light)},{readable_on(dark)});"
        "--brand-deep:color-mix(in srgb,var(--brand) 80%,light-dark(#000,#fff));"
        "--brand-wash:color-mix(in srgb,var(--brand) 12%,var(--card))"
        "}\n"
    )


def readable_on(color: str) -> str:
    """Black or white: one of them always has the 4.5 to 1 that WCAG asks of text."""
    return max("#ffffff", "#000000", key=lambda text: contrast(text, color))


def contrast(one: str, other: str) -> float:
    """Between two colours, as WCAG 2.2 defines it: from 1 to 21."""
    darker, lighter = sorted([_luminance(one), _luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    shares = [value / 255 for value in bytes.fromhex(color.removeprefix("#"))]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# Our own logo as a picture: no mail program draws an SVG, and a PDF holds a picture once for all tickets.
PICTURE = "img/icon-192.png"


def logo_uri() -> str:
    """The service's logo as the source of an image on paper."""
    return _image_uri(settings.BRAND["logo"] or PICTURE)


def authority_uri() -> str:
    """The emblem of who runs the service, as the source of an image on paper."""
    return _image_uri("img/authority.png")


@lru_cache
def _image_uri(static_file: str) -> str:
    path = Path(finders.find(static_file) or "")
    kind, _ = mimetypes.guess_type(path.name)
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def check_logo(**options: Any) -> list[CheckMessage]:
    """Before the service starts: a logo that is not there would be an error on every page."""
    logo = settings.BRAND["logo"]
    if not logo or finders.find(logo):
        return []
    return [
        Error(
            f"brand.toml nomme {logo} (logo), qui n’est pas un fichier statique.",
            hint="Donnez son chemin dans static/, par exemple img/logo.svg, puis lancez collectstatic.",
            id="passplus.E001",
        )
    ]
