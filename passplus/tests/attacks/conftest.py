"""One world for all the tests of a module; each of them is taken back after itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from .world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        house = transaction.atomic()
        # Like that of a test: what is durable may be in it.
        house._from_testcase = True  # type: ignore[attr-defined]
        with house:
            yield build()
            transaction.set_rollback(True)
