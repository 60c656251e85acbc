"""How letters and tickets get on paper: a PDF of a template, one drawn at a time. Knows no request."""

import gc
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from prometheus_client import Histogram
from weasyprint.text.fonts import FontConfiguration

from core.typed_text import printable

from .weasyprint_parts import Images, Paper

ELEMENTS = Path(__file__).with_suffix(".css")

SECONDS = Histogram(
    "passplus_pdf_seconds",
    "Time that a PDF takes, the wait for its turn included.",
    ["template"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
# What a telephone adds to a name, and no font of letters has: it would be a box.
_PICTURES = re.compile("[\U0001f000-\U0001faff\ufe0f]")
# Pango is not safe in two threads at once; and while it waits, a thread holds no database lock.
_pen = threading.Lock()
# Who draws and who is next. The other threads of the process are there for pages.
_line = threading.BoundedSemaphore(2)
# Seconds that the next one waits: ten ordinary documents.
PATIENCE = 2.0


class PenTaken(Exception):
    """Nothing was drawn: the process is drawing for others."""


@cache
def _fonts() -> FontConfiguration:
    """Made once a process, at the first PDF and so after the fork: made anew each time it leaks memory."""
    return FontConfiguration()


@cache
def _style(path: Path) -> weasyprint.CSS:
    return weasyprint.CSS(filename=path, font_config=_fonts())


def draw(template: str, context: dict[str, Any], *, style: Path) -> bytes:
    """The PDF of a template, tagged for screen readers (PDF/UA-1). Fetches nothing.

    An image whose source is `qr:TEXT` is the square that says TEXT. Raises PenTaken.
    """
    page = _PICTURES.sub("", render_to_string(template, {**context, "brand": settings.BRAND}))
    with SECONDS.labels(template).time(), _one_at_a_time(), _garbage_at_the_end():
        pdf: bytes = Paper(printable(page), elements=_style(ELEMENTS)).write_pdf(
            stylesheets=[_style(style)],
            font_config=_fonts(),
            pdf_variant="pdf/ua-1",
            cache=Images(),
            finisher=_one_side_as_it_is,
        )
    return pdf


def _one_side_as_it_is(document: Any, pdf: Any) -> None:
    """Ticket 4 is not printed on the back of ticket 1, and a square keeps its size."""
    pdf.catalog["ViewerPreferences"] |= {"Duplex": "/Simplex", "PrintScaling": "/None"}


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A thread that waited without limit would be missed by every other visitor. Raises PenTaken."""
    if not _line.acquire(blocking=False):
        raise PenTaken
    try:
        if not _pen.acquire(timeout=PATIENCE):
            raise PenTaken
        try:
            yield
        finally:
            _pen.release()
    finally:
        _line.release()


@contextmanager
def _garbage_at_the_end() -> Iterator[None]:
    """A PDF is made of what lasts as long as it: to look for garbage meanwhile takes a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        gc.enable()
