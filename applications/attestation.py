"""« Attestation de signature »: the whole text, who signed it and how, as a PDF."""

from pathlib import Path

from django.utils.text import slugify

from core import pdf
from partners.official_numbers import in_groups

from .models import Signature

STYLE = Path(__file__).with_suffix(".css")


def name_of(signature: Signature) -> str:
    return f"convention-{slugify(signature.organisme)[:60]}-{signature.pk}.pdf"


def draw(signature: Signature) -> bytes:
    """Of one that is not countersigned yet too. Raises pdf.PenTaken."""
    said = {
        "signature": signature,
        "siret": in_groups(signature.siret) if signature.siret else "",
        "countersignature": getattr(signature, "countersignature", None),
    }
    return pdf.draw("applications/attestation.html", said, style=STYLE)
