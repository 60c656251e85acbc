"""Login, logout, forgotten identifiants."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as auth_login
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import child_logins, identifiers, links, passwords, services, throttle_policies
from accounts.exceptions import LinkOutOfUse
from accounts.openid import providers
from core import known_devices, refused_forms, throttle
from core.throttle import TooManyAttempts

from ..access import forget_pages, is_ours, keep_address
from ..forms import NewPasswordForm
from ..login_forms import ForgottenForm, LoginForm
from ..models import User
from . import openid


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
        known_devices.remember(response, account=form.cleaned_data["username"])
        return response

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        """Who has to wait stays on this page, where « identifiants oubliés » is."""
        context["france_connect"] = providers.for_families()
        return refused_forms.page(self.request, self.template_name, context)


class Logout(auth.LogoutView):
    """A POST; who types the address by hand stays connected, and is not left before an empty page."""

    http_method_names = ("get", "head", "options", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect(settings.LOGIN_REDIRECT_URL)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Asked while the session still knows how it began.
        way_out = openid.way_out(request)
        response = super().post(request, *args, **kwargs)
        if way_out:
            response = HttpResponseRedirect(way_out)
        forget_pages(response)
        messages.success(request, "Vous êtes déconnecté.")
        return response


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
            throttle.count(throttle_policies.FORGOTTEN, request, account=contact)
        except TooManyAttempts as refusal:
            form.add_error(None, refusal.sentence)
            return refused_forms.page(request, "accounts/forgotten.html", {"form": form}, refusal=refusal)
        identifiers.ask(contact=contact)
        return redirect("accounts:forgotten_sent")
    return refused_forms.page(request, "accounts/forgotten.html", {"form": form})


@login_not_required
@require_safe
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not the account exists."""
    return render(request, "accounts/forgotten_sent.html")


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Choose a password, from a link that came by e-mail, or from one that was shown or printed.

    The address says whose, in each tab: a family opens the links of all its children at once.
    """
    user = links.user_of_path(uidb64)
    if not user or not links.channel_of_token(user, token):
        return _dead_link(request)
    form = NewPasswordForm(user, request.POST or None)
    if not form.is_valid():
        context = {"validlink": True, "form": form}
        return keep_address(refused_forms.page(request, "accounts/reset.html", context))
    done = "changé" if user.has_usable_password() else "enregistré"
    try:
        user = passwords.choose(user_id=user.pk, token=token, password=form.cleaned_data["new_password1"])
    except LinkOutOfUse:
        return _dead_link(request)
    response = redirect("admin:index" if user.is_staff else settings.LOGIN_REDIRECT_URL)
    messages.success(request, f"Votre mot de passe est {done}. {_come_in(request, user)}")
    # Who came here after too many attempts is its owner, and waits no more.
    known_devices.remember(response, account=user.username)
    return response


def _dead_link(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return redirect(request.get_full_path())
    context = {"validlink": False, "is_childs": child_logins.CHILDS in request.GET}
    return render(request, "accounts/reset.html", context)


def _come_in(request: HttpRequest, user: User) -> str:
    """Connect who has just chosen a password; return what to say of it.

    An agent signs in, for the second factor. And whoever is there stays: a parent opens a child's link.
    """
    if user.is_staff or (request.user.is_authenticated and request.user != user):
        return f"L’identifiant est {user.username}."
    form_secret = request.META.get("CSRF_COOKIE")
    auth_login(request, user)
    # The forms that the other links of one message have opened beside this one stay good.
    request.META["CSRF_COOKIE"] = form_secret or request.META["CSRF_COOKIE"]
    services.note_sign_in(user=user, user_agent=request.headers.get("User-Agent", ""))
    request.session.set_expiry(0)
    return "Vous êtes connecté."
