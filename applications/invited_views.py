"""The link of an invitation to act for a child."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import coming_in
from accounts.access import keep_address
from accounts.exceptions import LinkOutOfUse
from accounts.models import Beneficiary, User
from core import known_devices, refused_forms, throttle
from core.exceptions import Refusal

from . import enrolling, inviting, throttle_policies
from .guardian_form import JoinForm, NewJoinForm
from .models import OtherGuardian


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """To look changes nothing: mail servers look at links before people do."""
    user = request.user if isinstance(request.user, User) else None
    may_join = user is not None and enrolling.may_enrol(user)
    form = JoinForm(request.POST or None)
    try:
        found = inviting.of_link(token)
        if user and may_join and form.is_valid():
            throttle.count(throttle_policies.JOINING, request, account=str(found.pk))
            child = inviting.join(token=token, birth_year=form.cleaned_data["birth_year"], user=user)
            return _welcome(request, child)
    except LinkOutOfUse:
        return _dead_link(request)
    except Refusal as refusal:
        form.add_error("birth_year", refusal.told())
    login_path = f"{reverse('accounts:login')}?{urlencode({'next': request.path})}"
    context = {"token": token, "may_join": may_join, "login_path": login_path, "form": form, **_told(found)}
    return keep_address(refused_forms.page(request, "applications/invitation.html", context))


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest, token: str) -> HttpResponse:
    """« Je n’ai pas de compte ». Who is connected has one."""
    try:
        found = inviting.of_link(token)
        if request.user.is_authenticated:
            return keep_address(redirect("applications:join", token))
        names = {"first_name": found.first_name, "last_name": found.last_name}
        form = NewJoinForm(data=request.POST or None, address=found.email, initial=names)
        if form.is_valid():
            throttle.count(throttle_policies.JOINING, request, account=str(found.pk))
            user, child = inviting.join_with_new_account(
                token=token,
                birth_year=form.cleaned_data["birth_year"],
                first_name=form.cleaned_data["first_name"],
                last_name=form.cleaned_data["last_name"],
                phone=form.cleaned_data["phone"],
                password=form.cleaned_data["new_password1"],
            )
            coming_in.with_new_account(request, user)
            response = _welcome(request, child)
            known_devices.remember(response, account=user.username)
            return response
    except LinkOutOfUse:
        return _dead_link(request)
    except Refusal as refusal:
        form.add_error("birth_year", refusal.told())
    context = {"token": token, "form": form, "address": found.email, **_told(found)}
    return keep_address(refused_forms.page(request, "applications/new_guardian.html", context))


def _told(found: OtherGuardian) -> dict[str, object]:
    """Of the child its first name alone, to whoever has the link."""
    child = found.application.beneficiary
    inviter = found.application.sent_by
    return {
        "first_name": child.first_name if child else "",
        "inviter": inviter.merged_into or inviter,
        "last_day": found.last_day,
    }


def _welcome(request: HttpRequest, child: Beneficiary) -> HttpResponse:
    messages.success(request, f"Vous suivez désormais {child.first_name}.")
    return redirect("tickets:home", child.public_id)


def _dead_link(request: HttpRequest) -> HttpResponse:
    return render(request, "applications/invitation_too_late.html", status=404)
