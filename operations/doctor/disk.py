import os
import shutil
import tempfile
from pathlib import Path

from django.db import connection

from .findings import Wrong

GIBIBYTE = 2**30


def check() -> str:
    told = []
    for place, needed in _places().items():
        if not os.access(place, os.W_OK):
            raise Wrong(f"{place} ne s’ouvre pas à l’écriture", f"donnez {place} à qui lance le site")
        free = shutil.disk_usage(place).free
        if free < needed:
            raise Wrong(f"il ne reste que {_size(free)} sous {place}", f"libérez {_size(needed)} au moins")
        told.append(f"{_size(free)} sous {place}")
    return ", ".join(told)


def _places() -> dict[Path, int]:
    """Where we write, and how much must be left there: a copy of an SQLite database has room beside it."""
    places = {Path(tempfile.gettempdir()): GIBIBYTE}
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        if file.exists():
            places[file.parent] = GIBIBYTE + file.stat().st_size
    return places


def _size(space: int) -> str:
    return f"{space / GIBIBYTE:.1f} Gio"
