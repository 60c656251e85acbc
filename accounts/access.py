"""The way from an address to a child."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from .models import Beneficiary, User


class SignedInRequest(HttpRequest):
    """What a view gets behind the login, for the type checker: `user` is somebody."""

    user: User
    htmx: HtmxDetails


def child_or_404(request: SignedInRequest, public_id: str) -> Beneficiary:
    """The child of this address, if the person who asks may act for it; else it does not exist."""
    return get_object_or_404(Beneficiary.objects.accessible_to(request.user), public_id=public_id)
