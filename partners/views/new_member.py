"""Who is invited and has no account makes one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import coming_in
from accounts.access import keep_address
from accounts.exceptions import LinkOutOfUse
from accounts.models import User
from accounts.new_account_form import NewAccountForm
from core import known_devices, refused_forms, throttle

from .. import accepting, throttle_policies
from .invited import dead_link


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest, token: str) -> HttpResponse:
    """« Je n’ai pas de compte ». Who is connected has one."""
    try:
        found = accepting.of_link(token)
        if request.user.is_authenticated or not found.is_open_yet:
            return keep_address(redirect("partners:invitation", token))
        form = NewAccountForm(data=request.POST or None, address=found.email)
        if form.is_valid():
            throttle.count(throttle_policies.NEW_MEMBER, request)
            user = accepting.accept_with_new_account(
                token=token,
                first_name=form.cleaned_data["first_name"],
                last_name=form.cleaned_data["last_name"],
                password=form.cleaned_data["new_password1"],
            )
            return _come_in(request, user, found.partner_id)
    except LinkOutOfUse:
        return dead_link(request)
    context = {"invitation": found, "token": token, "form": form}
    return keep_address(refused_forms.page(request, "partners/new_member.html", context))


def _come_in(request: HttpRequest, user: User, partner_id: int) -> HttpResponse:
    coming_in.with_new_account(request, user)
    response = redirect("tickets:counter", partner_id)
    known_devices.remember(response, account=user.username)
    return response
