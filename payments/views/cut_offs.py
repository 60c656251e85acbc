"""The batches of the year to come, on a page and as a calendar."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Event

from accounts.access import SignedInRequest
from core import ics
from core.formats import jour
from partners.access import manager_or_404
from partners.models import Partner

from .. import calendar
from ..calendar import CutOff


@require_safe
def cut_offs(request: SignedInRequest, partner_id: int) -> HttpResponse:
    seat = manager_or_404(request, partner_id)
    days = calendar.paid_after()
    to_come = [(each, each.paid_on(days)) for each in calendar.upcoming(timezone.localdate())]
    return render(request, "payments/cut_offs.html", {"seat": seat, "cut_offs": to_come, "days": days})


@require_safe
def as_file(request: SignedInRequest, partner_id: int) -> HttpResponse:
    seat = manager_or_404(request, partner_id)
    to_come = calendar.upcoming(timezone.localdate())
    return ics.file([_event(each, seat.partner) for each in to_come], "lots-de-paiement")


def _event(cut_off: CutOff, partner: Partner) -> Event:
    return ics.whole_day(
        cut_off.prepared_on,
        # By its month: the day on which batches are prepared may be set anew.
        uid=f"lot-{cut_off.last_day}-{partner.pk}",
        summary=f"Lot de paiement, {partner.name}",
        description=f"Il paie les tickets utilisés jusqu’au {jour(cut_off.last_day)}.",
        path=reverse("payments:payments", args=[partner.pk]),
    )
