"""The names, colours and contacts of the site: `brand.toml` beside `.env`, over these defaults.

Not in `.env`: these are a dozen words that whoever runs the site writes once, and no secret.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from core.unbroken import unbroken

OURS: dict[str, str | list[str]] = {
    "name": "Pass+",
    # On top of each page, as the guide writes it. Another name is written there as it is.
    "display_name": "Pass\N{NO-BREAK SPACE}+",
    "territory": "Hauts-de-Seine",
    "authority": "LE DÉPARTEMENT",
    # A file of static/; without one, our drawing.
    "logo": "",
    # The accents of the light and of the dark theme.
    "colors": ["#c3263f", "#ff8a95"],
    # 01 99 00 is kept for fiction by the regulator: nobody's telephone rings.
    "help_phone": "01 99 00 92 92",
    "help_hours": "du lundi au vendredi, de 9 h à 18 h",
    "help_email": "aide@passplus.example",
}


def read(path: Path) -> dict[str, Any]:
    """OURS, with what that file says instead; without it, OURS. `accent` is the first colour.

    `colors` is empty if they are those of the stylesheet anyway. Raises ImproperlyConfigured: what is written
    here becomes CSS and a page's title.
    """
    try:
        theirs = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, ValueError) as trouble:
        raise ImproperlyConfigured(f"{path.name} ne se lit pas : {trouble}.") from trouble
    for name, value in theirs.items():
        if name not in OURS:
            raise ImproperlyConfigured(f"{path.name} : {name} n’existe pas (voir brand.example.toml).")
        if not isinstance(value, list if name == "colors" else str):
            raise ImproperlyConfigured(f"{path.name} : {name} s’écrit comme dans brand.example.toml.")
    brand = OURS | theirs
    if brand["name"] != OURS["name"] and brand["display_name"] == OURS["display_name"]:
        # Also in a copy of the example, where only the first line was changed.
        brand["display_name"] = brand["name"]
    colors = brand["colors"]
    if len(colors) != 2 or not all(re.fullmatch("#[0-9a-fA-F]{6}", str(color)) for color in colors):
        raise ImproperlyConfigured(
            f'{path.name} : colors, deux couleurs, claire et sombre, comme ["#c3263f", "#ff8a95"].'
        )
    # As they are typed, with plain spaces; at the end of a line « 9 h » would part from « à 18 h ».
    brand["help_hours"] = unbroken(brand["help_hours"])
    return brand | {"colors": [] if colors == OURS["colors"] else colors, "accent": colors[0]}
