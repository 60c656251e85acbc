"""« C’est fait »: what one confirmation used."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from core.browser_features import allow_camera
from partners.access import seat_or_404

from ...counter import reading
from ...counter.forms import CodeForm


@require_safe
def used(request: SignedInRequest, partner_id: int, key: uuid.UUID) -> HttpResponse:
    seat = seat_or_404(request, partner_id)
    uses = reading.used_by_form(seat.partner, key)
    if not uses:
        raise Http404
    living = [use for use in uses if not use.undone_at]
    context = {
        "seat": seat,
        "uses": uses,
        "living": living,
        "total": reading.totals(use.ticket for use in living),
        "others": [use for use in reading.last_uses(seat.partner) if use not in uses],
        "form": CodeForm(),
    }
    return allow_camera(render(request, "tickets/counter/used.html", context))
