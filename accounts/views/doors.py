"""Coming in, going out, and finding one's keys again."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from .. import identifiers, links, mail, recovery, services, throttle
from ..access import is_ours
from ..forms import ForgottenForm, LoginForm, NewPasswordForm
from ..links import Channel
from ..models import User
from ..throttle import TooManyAttempts


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
        services.note_sign_in(user=form.get_user(), user_agent=self.request.headers.get("User-Agent", ""))
        self.request.session.set_expiry(settings.REMEMBERED_FOR if form.cleaned_data["remember"] else 0)
        throttle.remember_device(response, account=form.cleaned_data["username"])
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Who has to wait stays on this page, where « identifiants oubliés » is."""
        response = super().form_invalid(form)
        return form.refusal.on(response) if form.refusal else response


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
    return redirect(wanted if is_ours(request, wanted) else settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        contact = form.cleaned_data["contact"]
        try:
            throttle.count(throttle.FORGOTTEN, request, account=contact)
        except TooManyAttempts as refusal:
            form.add_error(None, refusal.sentence)
            return refusal.on(render(request, "accounts/forgotten.html", {"form": form}))
        identifiers.ask(contact=contact)
        return redirect("accounts:forgotten_sent")
    return render(request, "accounts/forgotten.html", {"form": form})


@login_not_required
@require_safe
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not the account exists."""
    return render(request, "accounts/forgotten_sent.html")


@method_decorator(login_not_required, name="dispatch")
class Reset(auth.PasswordResetConfirmView):
    """Choose a password, from a link that came by e-mail, or from one that was shown or printed."""

    template_name = "accounts/reset.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("accounts:login")
    token_generator = links.EveryToken()

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Who read the e-mail has the address: this is saved together with the password."""
        token = self.request.session[auth.INTERNAL_RESET_SESSION_TOKEN]
        channel = links.channel_of_token(form.user, token)
        if channel is Channel.MAIL:
            form.user.email_confirmed_at = timezone.now()
        done = "changé" if form.user.has_usable_password() else "enregistré"
        messages.success(self.request, f"Votre mot de passe est {done}. Vous pouvez vous connecter.")
        response = super().form_valid(form)
        mail.password_changed(form.user)
        if channel is Channel.LETTER:
            recovery.note_letter_used(user=form.user)
        # Who came here after too many attempts is its owner, and waits no more.
        throttle.remember_device(response, account=form.user.username)
        return response
