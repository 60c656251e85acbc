"""The pages of the second factor: the code that is asked at the door, and the recovery codes."""

from functools import partial

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as remember_second_factor

from accounts import second_factor, services
from accounts.access import SignedInRequest, is_ours
from accounts.second_factor_form import CodeForm, device_of
from core.qr import data_uri


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask for the code; the first time, show the QR that makes a telephone know it."""
    if not (request.user.is_active and request.user.is_staff):
        raise Http404
    enrolled = second_factor.telephone_of(request.user)
    form = CodeForm(request.POST or None)
    if form.is_valid() and _let_in(request, form, first_time=not enrolled):
        if enrolled:
            return redirect(_wanted(request))
        return _show(request, second_factor.new_recovery_codes(request.user))
    context = admin.site.each_context(request) | {
        "title": "Second facteur",
        "form": form,
        # What is behind the door is not told before it opens.
        "is_nav_sidebar_enabled": False,
        "available_apps": [],
    }
    if not enrolled:
        telephone = second_factor.telephone_to_enrol(request.user, request.session)
        context |= {"qr": data_uri(telephone.config_url), "secret": second_factor.readable_key(telephone)}
    return render(request, "admin/second_factor.html", context)


def _let_in(request: SignedInRequest, form: CodeForm, *, first_time: bool) -> bool:
    """Whether the code is right; else the form says what to do."""
    enrol = partial(second_factor.enrol, session=request.session)
    device = device_of(request, form, enrol if first_time else second_factor.verify)
    if not device:
        return False
    # A session that was half open must not be known from before.
    request.session.cycle_key()
    # An agent's session ends with the browser, whatever was ticked at the door.
    request.session.set_expiry(0)
    remember_second_factor(request, device)
    services.note_sign_in(user=request.user, user_agent=request.headers.get("User-Agent", ""))
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Ask first: ten new codes make ten printed ones worthless. An open session is not enough for it."""
    form = CodeForm(request.POST or None)
    if form.is_valid() and device_of(request, form, second_factor.verify_telephone):
        return _show(request, second_factor.remake_recovery_codes(request.user))
    context = admin.site.each_context(request) | {"title": "Refaire mes codes de secours", "form": form}
    return render(request, "admin/remake_recovery_codes.html", context)


def _show(request: SignedInRequest, codes: list[str]) -> HttpResponse:
    """Once."""
    context = admin.site.each_context(request) | {"title": "Codes de secours", "codes": codes}
    return render(request, "admin/recovery_codes.html", context | {"next": _wanted(request)})


def _wanted(request: HttpRequest) -> str:
    """Where the agent was going, if that is a page of ours."""
    wanted = request.GET.get("next", "")
    return wanted if is_ours(request, wanted) else reverse("admin:index")
