"""One world for all the tests of a module; each of them is taken back after itself."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import weasyprint
from django.db import transaction

from .building import build
from .world import World


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A line for each of ten thousand refusals, which pytest would keep, is of no use to anybody."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _known_elsewhere(settings: Any) -> None:
    """Who may go to FranceConnect is asked, not what it says: nobody is there."""
    there = {"issuer": "http://127.0.0.1:9", "client_id": "a", "client_secret": "b"}
    settings.SERVICES = {"franceconnect": there}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        # Who gets one is asked in it, not what is in one (test_pdf): to draw it takes as long as fifty pages.
        patch.setattr(weasyprint.HTML, "write_pdf", lambda *_, **__: b"%PDF")
        house = transaction.atomic()
        # Like that of a test: what is durable may be in it.
        house._from_testcase = True  # type: ignore[attr-defined]
        with house:
            yield build()
            transaction.set_rollback(True)
