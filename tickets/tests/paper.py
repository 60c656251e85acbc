"""Tickets as they are printed, and what a scanner reads of them."""

import io

import pypdfium2
import zxingcpp
from pypdf import PdfReader

from tickets.models import Ticket


def loaded(*tickets):
    numbers = [ticket.number for ticket in tickets]
    return list(Ticket.objects.with_beneficiary().filter(number__in=numbers).order_by("-number"))


def text_of(document):
    pages = PdfReader(io.BytesIO(document)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def photographed(document):
    """Its pages as pictures of 8 megapixels."""
    return [page.render(scale=4).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(document)]


def codes_of(document):
    """What a scanner reads on each page."""
    pages = pypdfium2.PdfDocument(document)
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
