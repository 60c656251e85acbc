"""« Mon organisme »: the sheet as the directory shows it, and for a manager its members."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, gave_second_factor

from ..access import seat_or_404
from ..models import Membership
from ..reading import listed

# Of those whose access is closed.
FORMER_SHOWN = 50


@require_safe
def organisme(request: SignedInRequest, partner_id: int) -> HttpResponse:
    seat = seat_or_404(request, partner_id)
    [shown] = listed([seat.partner], on=timezone.localdate())
    context: dict[str, Any] = {"seat": seat, "partner": seat.partner, "listed": shown}
    if seat.membership.is_manager and gave_second_factor(request):
        members = Membership.objects.of(seat.partner)
        former = members.exclude(closed_at=None).order_by("-closed_at", "-pk")
        context |= {
            "members": members.open(),
            "former": former[:FORMER_SHOWN],
            "invitations": seat.partner.invitations.pending().select_related("invited_by"),
        }
    return render(request, "partners/organisme.html", context)
