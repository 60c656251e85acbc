"""Whose requests a page is about."""

from django.http import Http404

from accounts.access import SignedInRequest, child_or_404
from accounts.models import Beneficiary


def guarded_or_404(request: SignedInRequest, public_id: str) -> Beneficiary:
    """Papers tell what a household earns, and how it lives: not for the child's own login."""
    child = child_or_404(request, public_id)
    if child.user_id == request.user.pk:
        raise Http404
    return child
