"""A child that is there already."""

from dataclasses import dataclass

from .pupils import Child


@dataclass(slots=True)
class Known:
    """A child that is there already."""

    pk: int
    user_id: int | None
    child: Child
