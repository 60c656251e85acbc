"""Tickets on paper, three to an A4 page with cut lines, and other PDFs. Knows no request."""

import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from .models import Ticket

# Pango is not safe in two threads at once; and while it waits, a thread holds no database lock.
_one_at_a_time = threading.Lock()


@cache
def _fonts() -> FontConfiguration:
    """Made once a process, at the first PDF and so after the fork: made anew each time it leaks memory."""
    return FontConfiguration()


@cache
def _style(name: str) -> weasyprint.CSS:
    return weasyprint.CSS(filename=Path(__file__).with_name(name), font_config=_fonts())


def render(tickets: Sequence[Ticket]) -> bytes:
    """The PDF of these loaded tickets."""
    return draw("tickets/pdf.html", {"tickets": tickets}, style="pdf.css")


def draw(template: str, context: dict[str, Any], *, style: str) -> bytes:
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
