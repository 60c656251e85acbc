"""The first time: from a letter or an e-mail to the page where a password is chosen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services, throttle_policies
from accounts.exceptions import LinkOutOfUse
from core import codes, known_devices, refused_forms, throttle
from core.throttle import TooManyAttempts

from ..login_forms import ActivationForm, DeviceForm

# The same whether or not the account exists.
NO_SUCH_PAIR = (
    "Cet identifiant et ce code ne vont pas ensemble, ou le code ne vaut plus. "
    "Vérifiez les deux, ou appelez-nous."
)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Activation by the code of the letter, typed."""
    form = ActivationForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(_password_path(request, **form.cleaned_data))
        except TooManyAttempts as refusal:
            form.add_error(None, refusal.sentence)
            return refused_forms.page(request, "accounts/activate.html", {"form": form}, refusal=refusal)
        except LinkOutOfUse:
            form.add_error(None, NO_SUCH_PAIR)
    return refused_forms.page(request, "accounts/activate.html", {"form": form})


@login_not_required
@never_cache
@require_safe
def activate_link(request: HttpRequest, username: str, code: str) -> HttpResponse:
    """What it says, scanned; or the link of the e-mail. To look changes nothing: mail servers do it first."""
    try:
        return redirect(_password_path(request, username=username, code=codes.read_code(code)))
    except (LinkOutOfUse, codes.NotACode):
        return render(request, "accounts/activate_too_late.html", status=404)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_device(request: HttpRequest) -> HttpResponse:
    """The way in of an account's owner while somebody tries its passwords: a code, then the password."""
    form = DeviceForm(request.POST or None)
    if form.is_valid():
        username = form.cleaned_data["username"]
        try:
            attempt = throttle.count(throttle_policies.DEVICE, request, account=username)
        except TooManyAttempts as refusal:
            form.add_error(None, refusal.sentence)
            return refused_forms.page(request, "accounts/open_device.html", {"form": form}, refusal=refusal)
        if services.opens_device(**form.cleaned_data):
            attempt.forgive()
            messages.success(request, "Cet appareil est reconnu. Connectez-vous avec votre mot de passe.")
            response = redirect("accounts:login")
            known_devices.remember(response, account=username)
            return response
        form.add_error(None, NO_SUCH_PAIR)
    return refused_forms.page(request, "accounts/open_device.html", {"form": form})


def _password_path(request: HttpRequest, *, username: str, code: str) -> str:
    """Raises TooManyAttempts, before anything is looked up, and LinkOutOfUse."""
    attempt = throttle.count(throttle_policies.ACTIVATION, request, account=username)
    path = services.exchange_code(username=username, code=code)
    attempt.forgive()
    return path
