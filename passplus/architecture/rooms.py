"""The rooms and their imports, read from the code, without tests nor migrations."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
# Of the right-hand end of the line: it imports the product, and is no app of it.
OUTSIDE = "proof"


@dataclass
class Room:
    name: str
    # Lines of each file.
    sizes: list[int] = field(default_factory=list)
    # How many statements import something of another room.
    imports: Counter[str] = field(default_factory=Counter)


def names() -> list[str]:
    """From left to right, as INSTALLED_APPS tells them from right to left."""
    ours = [app for app in settings.INSTALLED_APPS if (ROOT / app / "__init__.py").exists()]
    return [*reversed(ours), OUTSIDE]


def imported(path: Path) -> Iterator[str]:
    """The package of each absolute import of a file, also of those inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]


def rooms() -> list[Room]:
    """Raises CycleError: two rooms that import each other are one."""
    found = [_room(name) for name in names()]
    TopologicalSorter({room.name: room.imports for room in found}).prepare()
    return found


def _room(name: str) -> Room:
    room, others = Room(name), {*names()} - {name}
    for path in sorted((ROOT / name).rglob("*.py")):
        if {"tests", "migrations"} & {*path.parts}:
            continue
        if lines := len(path.read_text().splitlines()):
            room.sizes.append(lines)
        room.imports.update(other for other in imported(path) if other in others)
    return room
