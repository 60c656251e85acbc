"""QR codes."""

import segno

# Modules of white around it: without them a scanner does not find the symbol on a dark page.
QUIET_ZONE = 4


def symbol(text: str) -> segno.QRCode:
    """Never `segno.make`: it may return a Micro QR, which telephones cannot read.

    To find the best mask takes four times longer than all the rest, and telephones read any.
    """
    return segno.make_qr(text, error="m", mask=3)


def data_uri(text: str) -> str:
    """The source of an image."""
    return str(symbol(text).svg_data_uri(border=QUIET_ZONE, light="#fff", omitsize=True))
