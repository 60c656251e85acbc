"""Names in .env that nothing reads: a setting that was mistyped has its default, and nobody is told."""

import re
from pathlib import Path

from django.conf import settings

from .findings import Wrong

FILE, EXAMPLE = settings.BASE_DIR / ".env", settings.BASE_DIR / ".env.example"
# Read by compose.yaml and by Python, not by the settings.
ELSEWHERE = {"DATABASE_PASSWORD", "PROMETHEUS_MULTIPROC_DIR"}
NAME = re.compile(r"(?m)^(?:export )?([A-Z][A-Z0-9_]*)=")
COMMENTED = re.compile(r"(?m)^#([A-Z][A-Z0-9_]*)=")


def check() -> str:
    if not FILE.exists():
        return "pas de .env : tout vient du système"
    given, example = NAME.findall(_text(FILE)), _text(EXAMPLE)
    known = {*NAME.findall(example), *COMMENTED.findall(example), *ELSEWHERE}
    if unknown := [name for name in given if name not in known]:
        raise Wrong(
            f"{', '.join(unknown)} : aucun réglage ne s’appelle ainsi",
            "cherchez le vrai nom dans .env.example, ou enlevez la ligne",
        )
    return f"{len(given)} réglages dans .env, tous connus"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
