"""Tickets on paper: three to an A4 page, with cut lines. Knows no request."""

import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from .models import Ticket

# Pango is not safe in two threads at once; and while it waits, a thread holds no database lock.
_one_at_a_time = threading.Lock()


@cache
def _fonts_and_style() -> tuple[FontConfiguration, weasyprint.CSS]:
    """Made once a process, at the first PDF and so after the fork: made anew each time they leak memory."""
    fonts = FontConfiguration()
    return fonts, weasyprint.CSS(filename=Path(__file__).with_name("pdf.css"), font_config=fonts)


def render(tickets: Sequence[Ticket]) -> bytes:
    """The PDF of these loaded tickets, tagged for screen readers (PDF/UA-1). Fetches nothing."""
    html = render_to_string("tickets/pdf.html", {"tickets": tickets, "brand": settings.BRAND})
    with _one_at_a_time:
        fonts, style = _fonts_and_style()
        document = weasyprint.HTML(
            string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
        )
        pdf: bytes = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf
