"""« Pas encore inscrit ? »: a guardian makes an account of its own."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import coming_in, signing_up, throttle_policies
from accounts.exceptions import LinkOutOfUse
from core import known_devices, refused_forms, throttle
from core.throttle import TooManyAttempts

from ..access import keep_address
from ..new_account_form import NewGuardianForm
from ..sign_up_form import SignUpForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    form = SignUpForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            throttle.count(throttle_policies.SIGN_UP, request, account=email)
        except TooManyAttempts as refusal:
            form.add_error(None, refusal.sentence)
            return refused_forms.page(request, "accounts/sign_up.html", {"form": form}, refusal=refusal)
        signing_up.ask(email=email)
        return redirect("accounts:sign_up_sent")
    return refused_forms.page(request, "accounts/sign_up.html", {"form": form})


@login_not_required
@require_safe
def sign_up_sent(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not the address has an account."""
    return render(request, "accounts/sign_up_sent.html")


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_link(request: HttpRequest, token: str) -> HttpResponse:
    """To look changes nothing: mail servers look at links before people do."""
    try:
        asked = signing_up.of_link(token)
        form = NewGuardianForm(data=request.POST or None, address=asked.email)
        if not form.is_valid():
            context = {"form": form, "address": asked.email}
            return keep_address(refused_forms.page(request, "accounts/sign_up_link.html", context))
        throttle.count(throttle_policies.NEW_ACCOUNT, request)
        user = signing_up.confirm(
            token=token,
            first_name=form.cleaned_data["first_name"],
            last_name=form.cleaned_data["last_name"],
            phone=form.cleaned_data["phone"],
            password=form.cleaned_data["new_password1"],
        )
    except LinkOutOfUse:
        return render(request, "accounts/sign_up_too_late.html", status=404)
    coming_in.with_new_account(request, user)
    response = redirect(asked.next_path or settings.LOGIN_REDIRECT_URL)
    known_devices.remember(response, account=user.username)
    return response
