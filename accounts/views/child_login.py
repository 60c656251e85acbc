"""A guardian gives a child its own login, or a new one. It never knows the password."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import child_logins, mail, throttle_policies
from core import qr, throttle
from core.exceptions import Refusal

from ..access import SignedInRequest
from ..models import Beneficiary


@require_http_methods(["GET", "HEAD", "POST"])
def child_login(request: SignedInRequest, public_id: str) -> HttpResponse:
    """First what it will do, then the link: shown once, on this page only, in no address and no log."""
    guarded = Beneficiary.objects.accessible_to(request.user).filter(guardianships__user=request.user)
    child = get_object_or_404(guarded.select_related("user"), public_id=public_id)
    if request.method != "POST":
        return render(request, "accounts/child_login.html", {"child": child})
    throttle.count(throttle_policies.CHILD_LOGIN, request, account=f"{request.user.pk} {child.pk}")
    try:
        user, link = child_logins.make_child_login(beneficiary_id=child.pk, actor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.told())
        return redirect("accounts:account")
    context = {
        "child": child,
        "username": user.username,
        "link": link,
        "qr": qr.data_uri(link),
        "hours": mail.hours(),
    }
    return render(request, "accounts/child_login_made.html", context)
