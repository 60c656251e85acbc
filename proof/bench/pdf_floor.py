"""The floor of a PDF: the same ticket drawn with reportlab, each thing at its place, by hand.

The same page of three, the same words in the same fonts, embedded, the frame, the stub, the lines to cut
along, and the squares of the same QR as rectangles. It has no tags for screen readers, and no layout to find.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from core.amount_in_words import amount_in_words
from core.money import euros
from core.qr import QUIET_ZONE, symbol
from tickets.models import Ticket
from tickets.qr import address
from wallets.models import Kind

FONTS = Path("/usr/share/fonts/truetype/dejavu")
PLAIN, BOLD, MONO = "DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono-Bold"
INK, FAINT, PAPER_EDGE, CUT = "#1d2433", "#4d5669", "#dcd8ce", "#8a8f9c"
ACCENT = {Kind.SPORT: ("#0b6e5f", "#e3f3ef"), Kind.CULTURE: ("#6a3aa6", "#f0e9fa")}
HOW = (
    "Ticket strictement personnel. Remettez-le à l’organisme à l’inscription\N{NO-BREAK SPACE}: il vérifie "
    "le code et déduit le montant du prix. Annulé ou déjà utilisé, il ne vaut plus rien. "
    "Perdu\N{NO-BREAK SPACE}? Annulez-le sur votre compte et refaites-en un."
)
LEFT, WIDTH, STUB, STUB_WIDTH = 12 * mm, 122 * mm, 134 * mm, 64 * mm
TEXT, TEXT_WIDTH, HALF = LEFT + 9 * mm, 107 * mm, 50 * mm
TICKET, HEIGHT = 99 * mm, 87 * mm
QR = 45 * mm


@cache
def _fonts() -> None:
    """Read once a process."""
    for name in (PLAIN, BOLD, MONO):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


def draw(tickets: Sequence[Ticket]) -> bytes:
    _fonts()
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1)
    canvas.setTitle(f"{len(tickets)} tickets {settings.BRAND['name']}")
    for rank, ticket in enumerate(tickets):
        if rank and rank % 3 == 0:
            canvas.showPage()
        bottom = A4[1] - (rank % 3 + 1) * TICKET
        _frame(canvas, ticket, bottom, is_last=rank % 3 == 2)
        _stub(canvas, ticket, bottom + 6 * mm)
        _body(canvas, ticket, bottom + 6 * mm)
    canvas.save()
    return buffer.getvalue()


def _frame(canvas: Canvas, ticket: Ticket, bottom: float, *, is_last: bool) -> None:
    accent, ground = ACCENT[Kind(ticket.wallet.kind)]
    canvas.setLineWidth(0.3 * mm)
    canvas.setStrokeColor(HexColor(CUT))
    canvas.setDash(2, 2)
    if not is_last:
        canvas.line(0, bottom, A4[0], bottom)
    canvas.setFillColor(HexColor(ground))
    canvas.rect(STUB, bottom + 6 * mm, STUB_WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.setStrokeColor(HexColor(accent))
    canvas.line(STUB, bottom + 6 * mm, STUB, bottom + 6 * mm + HEIGHT)
    canvas.setDash()
    canvas.setStrokeColor(HexColor(PAPER_EDGE))
    canvas.rect(LEFT, bottom + 6 * mm, WIDTH + STUB_WIDTH, HEIGHT)
    canvas.setFillColor(HexColor(accent))
    canvas.rect(LEFT, bottom + 6 * mm, 3 * mm, HEIGHT, stroke=0, fill=1)


def _stub(canvas: Canvas, ticket: Ticket, bottom: float) -> None:
    middle, top = STUB + STUB_WIDTH / 2, bottom + HEIGHT
    canvas.setFont(BOLD, 24)
    canvas.drawCentredString(middle, top - 17 * mm, euros(ticket.amount))
    _qr(canvas, ticket.code, middle - QR / 2, top - 66 * mm)
    canvas.setFillColor(HexColor(INK))
    canvas.setFont(MONO, 13)
    canvas.drawCentredString(middle, top - 74 * mm, ticket.shown_code)
    canvas.setFont(PLAIN, 8)
    canvas.drawCentredString(
        middle, top - 79 * mm, f"Ticket n° {ticket.number}, émis le {_day(ticket.created_at)}"
    )
    canvas.drawCentredString(middle, top - 83 * mm, f"Aide : {settings.BRAND['help_phone']}")


def _qr(canvas: Canvas, code: str, left: float, bottom: float) -> None:
    matrix = symbol(address(code)).matrix
    side = QR / (len(matrix) + 2 * QUIET_ZONE)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.rect(left, bottom, QR, QR, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#000000"))
    squares = canvas.beginPath()
    for y, line in enumerate(reversed(matrix), start=QUIET_ZONE):
        for x, is_dark in enumerate(line, start=QUIET_ZONE):
            if is_dark:
                squares.rect(left + x * side, bottom + y * side, side, side)
    canvas.drawPath(squares, stroke=0, fill=1)


def _body(canvas: Canvas, ticket: Ticket, bottom: float) -> None:
    brand, child = settings.BRAND, ticket.wallet.beneficiary
    accent, _ = ACCENT[Kind(ticket.wallet.kind)]
    top = bottom + HEIGHT
    _logo(canvas, TEXT, top - 12 * mm)
    head = _Lines(canvas, TEXT + 11 * mm, top - 7 * mm)
    head.write(brand["name"], BOLD, 9, INK)
    head.write(f"Campagne {ticket.wallet.campaign.name}", PLAIN, 9, INK)
    _river(canvas, TEXT + 57 * mm, top - 12 * mm)
    head = _Lines(canvas, TEXT + 68 * mm, top - 7 * mm)
    head.write(brand["authority"], BOLD, 9, INK)
    head.write(brand["territory"], PLAIN, 9, INK)
    page = _Lines(canvas, TEXT, top - 19 * mm)
    page.write(ticket.wallet.label, BOLD, 15, accent)
    page.write(f"Valeur : {euros(ticket.amount)} ({amount_in_words(ticket.amount)})", BOLD, 10.5, INK)
    where = _Lines(canvas, TEXT, top - 32 * mm, HALF)
    if ticket.offer:
        where.write("Organisme", PLAIN, 8, FAINT)
        where.write(ticket.offer.partner.name, BOLD, 10, INK)
        where.write(f"{ticket.offer.activity.name} · {ticket.offer.partner.commune.name}", PLAIN, 9, INK)
    else:
        where.write("À compléter par l’organisme :", PLAIN, 8, FAINT)
        for what in ("Nom", "Activité"):
            where.rule(what)
    who = _Lines(canvas, TEXT + 53 * mm, top - 32 * mm, HALF)
    who.write("Bénéficiaire", PLAIN, 8, FAINT)
    who.write(child.full_name, BOLD, 10, INK)
    who.write(f"Née ou né en {child.birth_year}", PLAIN, 9, INK)
    who.write(f"À utiliser jusqu’au {ticket.valid_until:%d/%m/%Y}", BOLD, 8.5, INK)
    canvas.rect(TEXT, top - 75 * mm, TEXT_WIDTH, 17.5 * mm)
    foot = _Lines(canvas, TEXT + 2 * mm, top - 61 * mm)
    foot.write("Réservé à l’organisme : nom, date, cachet, signature", PLAIN, 8, FAINT)
    _Lines(canvas, TEXT, top - 79 * mm).write(HOW, PLAIN, 7, FAINT)


def _logo(canvas: Canvas, left: float, bottom: float) -> None:
    """The drawing of templates/icons/logo.svg, a letter in the place of its outline."""
    canvas.setFillColor(HexColor(settings.BRAND["accent"]))
    canvas.roundRect(left, bottom, 9 * mm, 9 * mm, 2.5 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.setFont(BOLD, 16)
    canvas.drawString(left + 2 * mm, bottom + 2 * mm, "P")


def _river(canvas: Canvas, left: float, bottom: float) -> None:
    """The four waves of templates/icons/authority.svg."""
    canvas.setStrokeColor(HexColor(INK))
    for rise in (1, 3, 5, 7):
        y = bottom + rise * mm
        canvas.bezier(left, y, left + 3 * mm, y + mm, left + 6 * mm, y - mm, left + 9 * mm, y)


def _day(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y}"


class _Lines:
    """Writes from the top down."""

    def __init__(self, canvas: Canvas, left: float, top: float, width: float = TEXT_WIDTH) -> None:
        self.canvas, self.left, self.y, self.width = canvas, left, top, width

    def write(self, text: str, font: str, size: float, color: str) -> None:
        self.canvas.setFillColor(HexColor(color))
        self.canvas.setFont(font, size)
        for line in simpleSplit(text, font, size, self.width):
            self.canvas.drawString(self.left, self.y, line)
            self.y -= 1.3 * size

    def rule(self, label: str) -> None:
        self.y -= 3 * mm
        self.write(label, PLAIN, 8, FAINT)
        self.canvas.setStrokeColor(HexColor(FAINT))
        self.canvas.line(self.left, self.y + mm, self.left + self.width, self.y + mm)
