"""The pages of the second factor: the code that is asked at the door, and the recovery codes."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as remember_second_factor
from django_otp.models import Device

from accounts import second_factor, security_log, services, throttle_policies
from accounts.access import SignedInRequest, is_ours
from accounts.security_log import Event
from core import throttle
from core.forms import CodeField
from core.qr import data_uri


class CodeForm(forms.Form):
    code = CodeField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """Telephones show « 123 456 »; a recovery code is copied from paper."""
        return str(self.cleaned_data["code"]).lower()


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
        context |= {"qr": data_uri(telephone.config_url), "secret": _readable(telephone.config_url)}
    return render(request, "admin/second_factor.html", context)


def _let_in(request: SignedInRequest, form: CodeForm, *, first_time: bool) -> bool:
    """Whether the code is right; else the form says what to do."""
    enrol = partial(second_factor.enrol, session=request.session)
    device = _device(request, form, enrol if first_time else second_factor.verify)
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
    if form.is_valid() and _device(request, form, second_factor.verify_telephone):
        return _show(request, second_factor.remake_recovery_codes(request.user))
    context = admin.site.each_context(request) | {"title": "Refaire mes codes de secours", "form": form}
    return render(request, "admin/remake_recovery_codes.html", context)


def _show(request: SignedInRequest, codes: list[str]) -> HttpResponse:
    """Once."""
    context = admin.site.each_context(request) | {"title": "Codes de secours", "codes": codes}
    return render(request, "admin/recovery_codes.html", context | {"next": _wanted(request)})


def _device(request: SignedInRequest, form: CodeForm, verify: Callable[..., Device | None]) -> Device | None:
    """The device that the typed code is right for; else the form says what to do."""
    try:
        attempt = throttle.count(
            throttle_policies.SECOND_FACTOR, request, account=request.user.get_username()
        )
    except throttle.TooManyAttempts as refusal:
        form.add_error(None, refusal.sentence)
        return None
    device = verify(request.user, code=form.cleaned_data["code"])
    if device:
        attempt.forgive()
    else:
        security_log.note(Event.SECOND_FACTOR_FAILED, account=request.user.get_username())
        form.add_error("code", "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant.")
    return device


def _wanted(request: HttpRequest) -> str:
    """Where the agent was going, if that is a page of ours."""
    wanted = request.GET.get("next", "")
    return wanted if is_ours(request, wanted) else reverse("admin:index")


def _readable(config_url: str) -> str:
    """The secret in groups of four, for a telephone without a camera."""
    secret = config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
