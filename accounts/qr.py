"""Squares that telephones read."""

import segno

# Modules of white around it: without them a scanner does not find the symbol on a dark page.
QUIET_ZONE = 4


def data_uri(text: str) -> str:
    """The source of an image. Never `segno.make`: it may return a Micro QR, which telephones cannot read."""
    return str(segno.make_qr(text, error="m").svg_data_uri(border=QUIET_ZONE, light="#fff", omitsize=True))
