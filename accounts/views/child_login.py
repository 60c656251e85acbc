"""A guardian gives a child its own login, or a new one. It never knows the password."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import child_logins, mail, throttle_policies
from core import qr, throttle
from core.exceptions import Refusal

from ..access import SignedInRequest
from ..models import Beneficiary


@require_http_methods(["GET", "HEAD", "POST"])
def child_login(request: SignedInRequest, public_id: str) -> HttpResponse:
    """First what it will do, then the link, on the next page."""
    child = _guarded_or_404(request, public_id)
    if request.method != "POST":
        return render(request, "accounts/child_login.html", {"child": child})
    throttle.count(throttle_policies.CHILD_LOGIN, request, account=f"{request.user.pk} {child.pk}")
    try:
        child_logins.make_child_login(beneficiary_id=child.pk, actor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.told())
        return redirect("accounts:account")
    return redirect("accounts:child_login_made", public_id)


@require_safe
def child_login_made(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The link, for who made the login, until the child has chosen its password: in no address and no log.

    Shown again it is another one, and the one that was scanned stays good.
    """
    child = _guarded_or_404(request, public_id)
    link = child_logins.link_for_maker(child, actor=request.user)
    if not link:
        raise Http404
    context = {"child": child, "link": link, "qr": qr.data_uri(link), "hours": mail.hours()}
    return render(request, "accounts/child_login_made.html", context)


def _guarded_or_404(request: SignedInRequest, public_id: str) -> Beneficiary:
    guarded = Beneficiary.objects.accessible_to(request.user).filter(guardianships__user=request.user)
    return get_object_or_404(guarded.select_related("user"), public_id=public_id)
