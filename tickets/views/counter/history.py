"""« Tickets », those that were used: by period, to print, to download."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from core.spreadsheets import KINDS, as_csv, as_xlsx
from partners.access import seat_or_404

from ...counter import reading
from ...counter.lists import COLUMNS
from ...counter.periods import PeriodForm

PAGE_SIZE = 50
# A year of a large club; what is longer is taken by period.
MOST_ROWS = 20_000


@require_safe
def history(request: SignedInRequest, partner_id: int) -> HttpResponse:
    seat = seat_or_404(request, partner_id)
    form = PeriodForm(request.GET)
    uses = form.within(reading.uses_of(seat.partner))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "seat": seat,
        "form": form,
        "page": Paginator(uses, PAGE_SIZE).get_page(request.GET.get("page")),
        "sum": reading.sum_of(uses),
        "query": query.urlencode(),
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "tickets/counter/history.html", context)


@require_safe
def download(request: SignedInRequest, partner_id: int, kind: str) -> FileResponse:
    seat = seat_or_404(request, partner_id)
    if kind not in KINDS:
        raise Http404
    uses = PeriodForm(request.GET).within(reading.uses_of(seat.partner))[:MOST_ROWS].iterator()
    content = (line.encode() for line in as_csv(COLUMNS, uses)) if kind == "csv" else as_xlsx(COLUMNS, uses)
    name = f"tickets-utilises-{timezone.localdate():%Y-%m-%d}.{kind}"
    return FileResponse(content, as_attachment=True, filename=name, content_type=KINDS[kind])


@require_safe
def day_sheet(request: SignedInRequest, partner_id: int, day: str) -> HttpResponse:
    """To be printed in the evening: the uses of one day, and their sum."""
    seat = seat_or_404(request, partner_id)
    try:
        wanted = dt.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    form = PeriodForm({"du": day, "au": day})
    uses = list(form.within(reading.uses_of(seat.partner)).filter(undone_at=None).order_by("used_at", "pk"))
    context = {"seat": seat, "day": wanted, "uses": uses, "total": reading.totals(use.ticket for use in uses)}
    return render(request, "tickets/counter/day_sheet.html", context)
