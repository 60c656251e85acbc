"""Coming in, going out, and finding one's keys again."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from . import services
from .forms import ForgottenForm, LoginForm


class Login(auth.LoginView):
    """The first page. Without « Restez connecté » the session ends with the browser."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_redirect_url(self, *args: Any) -> str:
        """Never back to the login page itself, for ever."""
        wanted: str = super().get_redirect_url(*args)
        return "" if wanted.startswith(self.request.path) else wanted

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        self.request.session.set_expiry(settings.REMEMBERED_FOR if form.cleaned_data["remember"] else 0)
        return response


class Logout(auth.LogoutView):
    """A POST; who types the address by hand stays connected, and is not left before an empty page."""

    http_method_names = ("get", "head", "options", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect(settings.LOGIN_REDIRECT_URL)


@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest) -> HttpResponse:
    """« Rester connecté »: that somebody asked is enough, the middleware has noted it.

    The script, which stays on its page, sends no `next`.
    """
    if request.method == "POST" and "next" not in request.POST:
        return HttpResponse(status=204)
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if ours else settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        services.send_identifiers(contact=form.cleaned_data["contact"])
        return redirect("accounts:forgotten_sent")
    return render(request, "accounts/forgotten.html", {"form": form})


@login_not_required
@require_safe
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not the account exists."""
    return render(request, "accounts/forgotten_sent.html")


@method_decorator(login_not_required, name="dispatch")
class Reset(auth.PasswordResetConfirmView):
    """Choose a new password, from the link of the e-mail."""

    template_name = "accounts/reset.html"
    success_url = reverse_lazy("accounts:login")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Votre mot de passe est changé. Vous pouvez vous connecter.")
        return super().form_valid(form)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account.html")


class Password(auth.PasswordChangeView):
    """Change one's password: every other session of this account ends."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:account")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Votre mot de passe est changé.")
        return super().form_valid(form)
