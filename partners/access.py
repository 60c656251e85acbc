"""From a URL to an organisme that the user acts for."""

from dataclasses import dataclass

from django.http import Http404

from accounts.access import SignedInRequest

from . import memberships
from .models import Membership, Partner


@dataclass(frozen=True)
class Seat:
    """A member at its organisme."""

    partner: Partner
    membership: Membership


def seat_or_404(request: SignedInRequest, partner_id: int) -> Seat:
    """The organisme of this address, if the person who asks acts for it; else it does not exist."""
    partner = Partner.objects.accessible_to(request.user).filter(pk=partner_id).first()
    membership = memberships.open_one(request.user, partner_id) if partner else None
    if partner is None or membership is None:
        raise Http404
    memberships.note_visit(membership)
    return Seat(partner, membership)


def manager_or_404(request: SignedInRequest, partner_id: int) -> Seat:
    """The same for what only those do who answer for the organisme."""
    seat = seat_or_404(request, partner_id)
    if not seat.membership.is_manager:
        raise Http404
    return seat
