"""On what it was measured."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import psutil
import psycopg

from .servers import MEBIBYTE


def facts(database: str) -> dict[str, str]:
    load, *_ = os.getloadavg()
    with psycopg.connect(database) as connection:
        told = {name: _setting(connection, name) for name in ("server_version", "fsync", "shared_buffers")}
    return {
        "machine": f"{os.cpu_count()} cœurs ({_processor()}), {_memory()} Mio",
        "charge au départ": f"{load:.2f}".replace(".", ","),
        "noyau": platform.release(),
        "Python": platform.python_version(),
        "PostgreSQL": "{server_version}, fsync {fsync}, shared_buffers {shared_buffers}".format(**told),
        **{name: version(name) for name in ("Django", "gunicorn", "psycopg", "WeasyPrint", "reportlab")},
    }


def _setting(connection: psycopg.Connection, name: str) -> str:
    [value] = connection.execute("SELECT current_setting(%s)", [name]).fetchone() or [""]
    return str(value)


def _memory() -> int:
    return int(psutil.virtual_memory().total / MEBIBYTE)


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "?")
