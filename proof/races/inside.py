"""An agent's process, before it has Django; and how its functions are called from one that has none."""

import os
import pkgutil
from collections.abc import Mapping
from multiprocessing.synchronize import Barrier
from typing import Any

import django

# Where two controls meet: it can only be inherited.
_meetings: list[Barrier] = []


def enter(env: Mapping[str, str], meeting: Barrier) -> None:
    os.environ.update(env)
    _meetings.append(meeting)
    django.setup()


def meeting() -> Barrier:
    return _meetings[0]


def call(name: str, *arguments: Any) -> Any:
    """`call("proof.races.database:look", 3)`: looked up here, where models may be imported."""
    return pkgutil.resolve_name(name)(*arguments)
