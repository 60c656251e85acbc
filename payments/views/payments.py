"""« Paiements »: what waits and why, and each payment with its tickets."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from core.spreadsheets import KINDS, as_csv, as_xlsx
from partners.access import Seat, manager_or_404

from .. import calendar, reading, waiting
from ..lists import COLUMNS
from ..models import Payment

# Two years, at one a month.
PAGE_SIZE = 24
TICKETS_A_PAGE = 100


@require_safe
def payments(request: SignedInRequest, partner_id: int) -> HttpResponse:
    seat = manager_or_404(request, partner_id)
    due = waiting.of(seat.partner)
    page = Paginator(Payment.objects.of(partner_id), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "seat": seat,
        "waiting": due,
        "paid_on": due.cut_off.paid_on(calendar.paid_after()),
        "page": page,
        "payments": reading.seen(page.object_list),
    }
    return render(request, "payments/payments.html", context)


@require_safe
def payment(request: SignedInRequest, partner_id: int, payment_id: int) -> HttpResponse:
    seat = manager_or_404(request, partner_id)
    [seen] = reading.seen([_payment_or_404(seat, payment_id)])
    lines = reading.lines_of(seen.payment)
    tickets = Paginator(lines.filter(ticket__isnull=False), TICKETS_A_PAGE)
    context = {
        "seat": seat,
        "seen": seen,
        "payment": seen.payment,
        "page": tickets.get_page(request.GET.get("page")),
        "corrections": lines.filter(correction__isnull=False),
    }
    return render(request, "payments/payment.html", context)


@require_safe
def statement(request: SignedInRequest, partner_id: int, payment_id: int) -> HttpResponse:
    """The same bytes for ever."""
    payment = _payment_or_404(manager_or_404(request, partner_id), payment_id)
    file = get_object_or_404(reading.statements(), payment=payment)
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name) or ""
    }
    return HttpResponse(file.content, content_type="application/pdf", headers=headers)


@require_safe
def download(request: SignedInRequest, partner_id: int, payment_id: int, kind: str) -> FileResponse:
    payment = _payment_or_404(manager_or_404(request, partner_id), payment_id)
    if kind not in KINDS:
        raise Http404
    lines = reading.lines_of(payment).iterator()
    content = (row.encode() for row in as_csv(COLUMNS, lines)) if kind == "csv" else as_xlsx(COLUMNS, lines)
    return FileResponse(
        content, as_attachment=True, filename=f"{payment.reference}.{kind}", content_type=KINDS[kind]
    )


def _payment_or_404(seat: Seat, payment_id: int) -> Payment:
    return get_object_or_404(Payment.objects.of(seat.partner.pk), pk=payment_id)
