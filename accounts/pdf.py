"""How letters and tickets get on paper: a PDF of a template, one drawn at a time. Knows no request."""

import threading
from functools import cache
from pathlib import Path
from typing import Any

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from prometheus_client import Histogram
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

SECONDS = Histogram(
    "passplus_pdf_seconds",
    "Time that a PDF takes, the wait for its turn included.",
    ["template"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
# Pango is not safe in two threads at once; and while it waits, a thread holds no database lock.
_one_at_a_time = threading.Lock()


@cache
def _fonts() -> FontConfiguration:
    """Made once a process, at the first PDF and so after the fork: made anew each time it leaks memory."""
    return FontConfiguration()


@cache
def _style(path: Path) -> weasyprint.CSS:
    return weasyprint.CSS(filename=path, font_config=_fonts())


def draw(template: str, context: dict[str, Any], *, style: Path) -> bytes:
    """The PDF of a template, tagged for screen readers (PDF/UA-1). Fetches nothing."""
    html = render_to_string(template, {**context, "brand": settings.BRAND})
    with SECONDS.labels(template).time(), _one_at_a_time:
        document = weasyprint.HTML(
            string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
        )
        pdf: bytes = document.write_pdf(
            stylesheets=[_style(style)], font_config=_fonts(), pdf_variant="pdf/ua-1"
        )
    return pdf
