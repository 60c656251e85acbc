"""« État récapitulatif valant mémoire »: the supporting document of one payment, as a PDF.

It holds what the list of supporting documents of local authorities asks for (CGCT, annexe I: rubriques 6112,
6113 and 72, and the annex on mémoires).
"""

from pathlib import Path

from django.utils.text import slugify

from core import pdf
from partners.official_numbers import in_groups

from ..models import Naming, Payer, Payment
from .statement_lines import corrections_of, subtotals, tickets_of

STYLE = Path(__file__).with_name("statement.css")


def name_of(payment: Payment) -> str:
    return f"etat-{payment.reference}-{slugify(payment.legal_name)[:60]}".rstrip("-") + ".pdf"


def draw(payment: Payment, payer: Payer) -> bytes:
    """`payment` is loaded with its batch, its account and its organisme. Raises pdf.PenTaken."""
    lines = tickets_of(payment, Naming(payer.naming))
    accounting = getattr(payment.partner, "accounting", None)
    said = {
        "payment": payment,
        "batch": payment.batch,
        "payer": payer,
        "siret": in_groups(payment.siret),
        "payer_siret": in_groups(payer.siret),
        "lines": lines,
        "corrections": corrections_of(payment),
        "subtotals": subtotals(payment, lines),
        "convention": accounting.convention if accounting else "",
        "vat": (accounting.vat if accounting else "") or payer.vat,
        "is_anonymous": payer.naming == Naming.NOBODY,
    }
    return pdf.draw("payments/statement.html", said, style=STYLE)
