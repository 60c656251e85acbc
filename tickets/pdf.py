"""Tickets on paper, three to an A4 page with cut lines. Knows no request."""

from collections.abc import Sequence
from pathlib import Path

from core import brand
from core.pdf import draw

from .models import Ticket

STYLE = Path(__file__).with_suffix(".css")


def render(tickets: Sequence[Ticket]) -> bytes:
    """The PDF of these loaded tickets."""
    logos = {"logo": brand.logo_uri(), "authority": brand.authority_uri()}
    return draw("tickets/pdf.html", {"tickets": tickets, **logos}, style=STYLE)
