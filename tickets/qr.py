"""The square that the counter scans."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

# Modules of white around it: without them a scanner does not find the symbol on a dark page.
QUIET_ZONE = 4


def svg(code: str) -> SafeString:
    """The QR of a ticket's address, as SVG to put in a page."""
    drawing = _symbol(code).svg_inline(
        border=QUIET_ZONE, light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 – drawn by segno, from nothing that anybody typed


def data_uri(code: str) -> str:
    """The same, as the source of an image."""
    return str(_symbol(code).svg_data_uri(border=QUIET_ZONE, light="#fff", omitsize=True))


def _symbol(code: str) -> segno.QRCode:
    """In capitals the address takes the alphanumeric mode: fewer squares, and larger ones.

    Never `segno.make`: it may return a Micro QR, which telephones cannot read.
    """
    address = f"{settings.SITE_URL}{reverse('tickets:scan', args=[code])}".upper()
    # To find the best mask takes four times longer than all the rest, and telephones read any.
    return segno.make_qr(address, error="m", mask=3)
