"""From a URL to an organisme that the user acts for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.access import SignedInRequest, gave_second_factor

from . import memberships
from .models import Membership, Partner


@dataclass(frozen=True)
class Seat:
    """A member at its organisme."""

    partner: Partner
    membership: Membership


def seat_or_404(request: SignedInRequest, partner_id: int) -> Seat:
    """The organisme of this address, if the person who asks acts for it; else it does not exist."""
    membership = memberships.open_one(request.user, partner_id)
    if membership is None:
        raise Http404
    memberships.note_visit(membership)
    return Seat(membership.partner, membership)


def manager_or_404(request: SignedInRequest, partner_id: int) -> Seat:
    """The same for what only those do who answer for the organisme."""
    seat = seat_or_404(request, partner_id)
    if not seat.membership.is_manager:
        raise Http404
    return seat


def for_sure_managers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about members: its manager, the second factor given; who has not given it goes there first."""

    @wraps(view)
    def sure(request: SignedInRequest, partner_id: int, **kwargs: Any) -> HttpResponse:
        seat = manager_or_404(request, partner_id)
        if gave_second_factor(request):
            return view(request, seat, **kwargs)
        # What was sent did nothing: back to where it is sent from.
        front = reverse("partners:organisme", args=[partner_id])
        wanted = front if request.method == "POST" else request.get_full_path()
        return redirect(f"{reverse('accounts:second_factor')}?{urlencode({'next': wanted})}")

    return sure
