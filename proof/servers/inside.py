"""`python -m proof.servers.inside MODULE ARGUMENT…` prints, as JSON, what `main` of that module returns."""

import importlib
import json
import sys
from typing import Any

import django

from .servers import run


def inside(module: str, *arguments: object, env: dict[str, str]) -> Any:
    """What `main(*arguments)` of a module returns, run in a process that has Django."""
    return json.loads(run("-m", "proof.servers.inside", module, *map(str, arguments), env=env))


if __name__ == "__main__":
    django.setup()
    name, *given = sys.argv[1:]
    print(json.dumps(importlib.import_module(name).main(*given)))
