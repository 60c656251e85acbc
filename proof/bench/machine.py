"""On what it was measured."""

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import psutil
import psycopg

from proof.servers.servers import MEBIBYTE


def facts(database: str) -> dict[str, str]:
    with psycopg.connect(database) as connection:
        told = {name: _setting(connection, name) for name in ("server_version", "fsync", "shared_buffers")}
    return {
        "machine": f"{os.cpu_count()} cœurs ({_processor()}), {_memory()} Mio",
        "au départ": f"charge {load()}",
        "noyau": platform.release(),
        "Python": f"{platform.python_version()} ({sys.base_prefix})",
        "PostgreSQL": "{server_version}, fsync {fsync}, shared_buffers {shared_buffers}".format(**told),
        **{name: version(name) for name in ("Django", "gunicorn", "psycopg", "WeasyPrint", "reportlab")},
    }


def load() -> str:
    """How many processes wanted a core, of late: more than there are cores is a busy machine."""
    of_a_minute, *_ = os.getloadavg()
    return f"{of_a_minute:.2f}".replace(".", ",")


def _setting(connection: psycopg.Connection, name: str) -> str:
    [value] = connection.execute("SELECT current_setting(%s)", [name]).fetchone() or [""]
    return str(value)


def _memory() -> int:
    return int(psutil.virtual_memory().total / MEBIBYTE)


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "?")
