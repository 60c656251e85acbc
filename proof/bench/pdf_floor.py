"""The floor of a PDF: the same ticket drawn with reportlab, each thing at its place, by hand.

The same page of three, the same words in the same fonts, embedded, the frame, the stub, the lines to cut
along, and the squares of the same QR as rectangles. It has no tags for screen readers, and no layout to find.
"""

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
    "Ticket strictement personnel. Remettez-le à l’organisme à l’inscription\N{NO-BREAK SPACE}:\n"
    "il vérifie le code et déduit le montant du prix. Aide : {help_phone}.\n"
    "Perdu ? Annulez-le sur votre compte et refaites-en un."
)
LEFT, WIDTH, STUB, STUB_WIDTH = 12 * mm, 122 * mm, 134 * mm, 64 * mm
TEXT, TEXT_WIDTH = LEFT + 10 * mm, WIDTH - 15 * mm
TICKET, HEIGHT = 99 * mm, 87 * mm
QR = 44 * mm


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
    page = _Lines(canvas, bottom + HEIGHT - 8 * mm)
    page.write(
        f"{brand['name']} {brand['territory']} – ticket n° {ticket.number}, "
        f"émis le {timezone.localtime(ticket.created_at):%d/%m/%Y}",
        PLAIN,
        9,
        FAINT,
    )
    page.write(ticket.wallet.label, BOLD, 16, accent)
    if ticket.offer:
        page.write(ticket.offer.partner.name, BOLD, 11, INK)
        page.write(f"{ticket.offer.activity.name} · {ticket.offer.partner.commune.name}", PLAIN, 10, INK)
    else:
        page.write("À compléter par l’organisme :", PLAIN, 10, INK)
        page.rule()
    page.write(f"{child.full_name}, née ou né en {child.birth_year}", BOLD, 11, INK)
    page.write(f"À utiliser jusqu’au {ticket.valid_until:%d/%m/%Y}", BOLD, 10, INK)
    page.write(HOW.format(**brand), PLAIN, 8, FAINT)


class _Lines:
    """Writes from the top down."""

    def __init__(self, canvas: Canvas, top: float) -> None:
        self.canvas = canvas
        self.y = top

    def write(self, text: str, font: str, size: float, color: str) -> None:
        self.canvas.setFillColor(HexColor(color))
        self.canvas.setFont(font, size)
        for line in simpleSplit(text, font, size, TEXT_WIDTH):
            self.canvas.drawString(TEXT, self.y, line)
            self.y -= 1.35 * size
        self.y -= 2 * mm

    def rule(self) -> None:
        self.y -= 4 * mm
        self.canvas.setStrokeColor(HexColor(FAINT))
        self.canvas.line(TEXT, self.y, TEXT + TEXT_WIDTH, self.y)
        self.y -= 6 * mm
