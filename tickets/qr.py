"""The QR code of a ticket."""

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from core.qr import QUIET_ZONE, symbol


def address(code: str) -> str:
    """The address in the QR. In capitals, for the alphanumeric mode: fewer and larger squares."""
    return f"{settings.SITE_URL}{reverse('tickets:scan', args=[code])}".upper()


def svg(code: str) -> SafeString:
    """The QR of a ticket's address, as SVG to put in a page."""
    drawing = symbol(address(code)).svg_inline(
        border=QUIET_ZONE, light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 – drawn by segno, from nothing that anybody typed
