"""The second factor of who acts for an organisme. Agents have pages of their own, in the administration."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as remember_second_factor

from accounts import second_factor
from core import refused_forms
from core.qr import data_uri

from ..access import SignedInRequest, gave_second_factor, is_ours
from ..second_factor_form import CodeForm, device_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask for the code; the first time, show the QR that makes a telephone know it."""
    _member_or_404(request)
    enrolled = second_factor.telephone_of(request.user)
    if enrolled and gave_second_factor(request):
        return redirect(_wanted(request))
    form = CodeForm(request.POST or None)
    if form.is_valid() and _let_in(request, form, first_time=not enrolled):
        if enrolled:
            return redirect(_wanted(request))
        return _show(request, second_factor.new_recovery_codes(request.user))
    context: dict[str, Any] = {"form": form, "qr": ""}
    if not enrolled:
        telephone = second_factor.telephone_to_enrol(request.user, request.session)
        context |= {"qr": data_uri(telephone.config_url), "key": second_factor.readable_key(telephone)}
    return refused_forms.page(request, "accounts/second_factor.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Ask first: ten new codes make ten printed ones worthless. An open session is not enough for it."""
    _member_or_404(request)
    if not second_factor.telephone_of(request.user):
        return redirect("accounts:second_factor")
    form = CodeForm(request.POST or None)
    if form.is_valid() and device_of(request, form, second_factor.verify_telephone):
        return _show(request, second_factor.remake_recovery_codes(request.user))
    return refused_forms.page(request, "accounts/remake_recovery_codes.html", {"form": form})


def _member_or_404(request: SignedInRequest) -> None:
    if request.user.is_staff or not request.user.is_member:
        raise Http404


def _let_in(request: SignedInRequest, form: CodeForm, *, first_time: bool) -> bool:
    """Whether the code is right; else the form says what to do."""
    enrol = partial(second_factor.enrol, session=request.session)
    device = device_of(request, form, enrol if first_time else second_factor.verify)
    if not device:
        return False
    # A session that knew less must not be known from before.
    request.session.cycle_key()
    remember_second_factor(request, device)
    return True


def _show(request: SignedInRequest, codes: list[str]) -> HttpResponse:
    """Once."""
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "next": _wanted(request)})


def _wanted(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    return wanted if is_ours(request, wanted) else reverse("accounts:account")
