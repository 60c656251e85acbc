"""The link of an invitation: who is invited to what, by whom."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import keep_address
from accounts.exceptions import LinkOutOfUse
from accounts.models import User

from .. import accepting
from ..exceptions import CannotJoin


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """To look changes nothing: mail servers look at links before people do."""
    try:
        found = accepting.of_link(token)
        if request.method == "POST" and isinstance(request.user, User):
            membership = accepting.accept(token=token, user=request.user)
            messages.success(request, f"Vous agissez désormais pour {membership.partner}.")
            return redirect("tickets:counter", membership.partner_id)
    except LinkOutOfUse:
        return dead_link(request)
    except CannotJoin as refusal:
        messages.error(request, refusal.sentence)
        return keep_address(redirect(request.path))
    may_join = isinstance(request.user, User) and accepting.may_join(request.user)
    login_path = f"{reverse('accounts:login')}?{urlencode({'next': request.path})}"
    context = {"invitation": found, "token": token, "may_join": may_join, "login_path": login_path}
    return keep_address(render(request, "partners/invitation.html", context))


def dead_link(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/invitation_too_late.html", status=404)
