"""The code that a test may look through."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOMS = sorted(
    Path(config.path).relative_to(settings.BASE_DIR).parts[0]
    for config in apps.get_app_configs()
    if Path(config.path).parent == settings.BASE_DIR
)


def sources(*, without: tuple[str, ...] = ()) -> Iterator[Path]:
    """Every Python file of the product, without tests and migrations, and without these rooms."""
    for room in ROOMS:
        if room not in without:
            for path in (settings.BASE_DIR / room).rglob("*.py"):
                if not {"tests", "migrations"} & {*path.parts}:
                    yield path
