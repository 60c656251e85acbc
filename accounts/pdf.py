"""How letters and tickets get on paper: a PDF of a template, one drawn at a time. Knows no request."""

import threading
from functools import cache
from pathlib import Path
from typing import Any

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

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
    with _one_at_a_time:
        document = weasyprint.HTML(
            string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
        )
        pdf: bytes = document.write_pdf(
            stylesheets=[_style(style)], font_config=_fonts(), pdf_variant="pdf/ua-1"
        )
    return pdf
