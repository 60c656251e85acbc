"""Names in .env that nothing reads: a setting that was mistyped has its default, and nobody is told."""

import os
import re
from pathlib import Path

from django.conf import settings

from .findings import Wrong

FILE, EXAMPLE = settings.BASE_DIR / ".env", settings.BASE_DIR / ".env.example"
# Read by compose.yaml, by gunicorn and by Python, not by the settings.
ELSEWHERE = {"DATABASE_PASSWORD", "DEBIAN", "POSTGRES", "WEB_CONCURRENCY", "PROMETHEUS_MULTIPROC_DIR"}
NAME = re.compile(r"(?m)^(?:export )?([A-Z][A-Z0-9_]*)=")
COMMENTED = re.compile(r"(?m)^#([A-Z][A-Z0-9_]*)=")
# Settings of former versions, and what there is instead.
CONSTANT = "n’est plus un réglage"
IN_BRAND = "est dans brand.toml (brand.example.toml)"
RETIRED = {
    "ALLOWED_HOSTS": "vient de SITE_URL",
    "HTTPS": "vient de SITE_URL",
    "SESSION_IDLE": CONSTANT,
    "PUPIL_NUMBER_HELP": "vient de PUPIL_NUMBER_FORMAT, qui s’écrit autrement",
    "LOG_LEVEL": CONSTANT,
    **dict.fromkeys(
        ["KEEP_SIGN_INS", "KEEP_SECURITY_LOG", "KEEP_EMAILS", "KEEP_IMPORTS", "KEEP_SUGGESTIONS"], CONSTANT
    ),
    "DATABASE_POOL": CONSTANT,
    "DATABASE_POOLER": "vient de DATABASE_DIRECT_URL",
    "BACKUP_DIR": "est toujours /var/backups/passplus",
    "BACKUP_SIGNED_BY": "est une option\N{NO-BREAK SPACE}: restore --signed-by",
    "BACKUP_DAYS": CONSTANT,
    "STATIC_ROOT": "est toujours var/static",
    **dict.fromkeys(["BRAND_NAME", "BRAND_TERRITORY", "BRAND_AUTHORITY", "BRAND_LOGO"], IN_BRAND),
    **dict.fromkeys(["BRAND_COLORS", "HELP_PHONE", "HELP_HOURS", "HELP_EMAIL"], IN_BRAND),
    "MAP_TILES_ATTRIBUTION": CONSTANT,
}
# These names are other programs' too: in the system's environment they may be theirs.
OFTEN_ANOTHERS = {"HTTPS", "LOG_LEVEL"}


def check() -> str:
    given = NAME.findall(_text(FILE)) if FILE.exists() else []
    # In containers .env is not here: what it said is in the environment.
    of_system = [name for name in RETIRED if name in os.environ and name not in {*given, *OFTEN_ANOTHERS}]
    if retired := [name for name in given if name in RETIRED] + of_system:
        raise Wrong(
            "\N{NO-BREAK SPACE}; ".join(f"{name} {RETIRED[name]}" for name in retired),
            "enlevez la ligne (CHANGELOG, « Réglages retirés »)",
        )
    if not FILE.exists():
        return "pas de .env : tout vient du système"
    example = _text(EXAMPLE)
    known = {*NAME.findall(example), *COMMENTED.findall(example), *ELSEWHERE}
    if unknown := [name for name in given if name not in known]:
        raise Wrong(
            f"{', '.join(unknown)} : aucun réglage ne s’appelle ainsi",
            "cherchez le vrai nom dans .env.example, ou enlevez la ligne",
        )
    return f"{len(given)} réglages dans .env, tous connus"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
