"""A ticket as it is kept on a device for a place without network, and which of those kept are still good."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, child_or_404

from ..copies import account_key, still_good
from ..models import Ticket


@require_safe
def copy(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    """All that a counter checks, on a page that needs nothing else and holds nothing of the session."""
    beneficiary = child_or_404(request, public_id)
    now = timezone.now()
    usable = Ticket.objects.of(beneficiary).with_places().usable_on(timezone.localdate(now))
    ticket = get_object_or_404(usable, number=number)
    context = {"beneficiary": beneficiary, "ticket": ticket, "copied_at": now}
    response = render(request, "tickets/copy.html", context)
    response["Copy-Account"] = account_key(request.user)
    response["Copy-Last-Day"] = ticket.valid_until.isoformat()
    return response


@login_not_required
@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Asked by the service worker at each page: what it does not find here it removes from the device."""
    if not request.user.is_authenticated:
        return JsonResponse({"account": "", "tickets": []})
    asked = {int(number) for number in request.GET.getlist("ticket") if re.fullmatch(r"[0-9]{1,18}", number)}
    good = still_good(request.user, asked, timezone.localdate())
    return JsonResponse({"account": account_key(request.user), "tickets": good})
