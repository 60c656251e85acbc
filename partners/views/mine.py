"""The organismes that one acts for."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest

from ..models import Partner


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Who has one alone goes straight to its counter."""
    partners = list(Partner.objects.accessible_to(request.user).select_related("commune"))
    if not partners:
        raise Http404
    if len(partners) == 1:
        return redirect("tickets:counter", partners[0].pk)
    return render(request, "partners/mine.html", {"partners": partners})
