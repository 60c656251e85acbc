"""The pages of FranceConnect and ProConnect. Where the site knows no such provider, there are none."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services, throttle_policies
from accounts.openid import connection, linking, providers
from accounts.openid.connection import NotVouched
from accounts.openid.providers import Provider
from core import known_devices, refused_forms, throttle
from core.exceptions import Refusal

from ..access import SignedInRequest, carrying
from ..login_forms import LinkForm
from ..models import User

# In the session: who came back, and when, until the account's password is typed; and whose session is to end.
CAME_BACK, TOKEN = "openid", "openid_token"
# Seconds. Who came back may have left, and somebody else type its own password: one of another evening.
WAITS_FOR = 10 * 60


@login_not_required
@never_cache
@require_safe
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """To the provider. Nothing is known of who goes there, but by a random word in its session."""
    provider = _known_or_404(key)
    throttle.count(throttle_policies.OPENID, request)
    try:
        return connection.to_provider(request, provider, back=_address("accounts:openid_back", key))
    except NotVouched:
        return _sorry(request, provider)


@login_not_required
@never_cache
@require_safe
def back(request: HttpRequest, key: str) -> HttpResponse:
    provider = _known_or_404(key)
    try:
        subject, token = connection.subject_of(request, provider)
    except NotVouched:
        return _sorry(request, provider)
    user = linking.account_of(provider, subject)
    if user and (request.user.is_anonymous or request.user == user):
        return _come_in(request, user, provider, token)
    request.session[CAME_BACK] = [key, subject, token, time.time()]
    return redirect("accounts:openid_link", key)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, key: str) -> HttpResponse:
    """The first time: the account's own password says that it may be opened so."""
    provider = _known_or_404(key)
    known, subject, token, at = request.session.get(CAME_BACK, ["", "", "", 0])
    if known != key or time.time() > at + WAITS_FOR:
        return redirect("accounts:openid", key)
    form = LinkForm(request, request.POST or None)
    if form.is_valid():
        try:
            user = linking.link(user_id=form.get_user().pk, provider=provider, subject=subject)
        except Refusal as refusal:
            form.add_error(None, refusal.told())
        else:
            messages.success(request, f"{provider.name} ouvre maintenant ce compte.")
            return _come_in(request, user, provider, token)
    context = {"form": form, "provider": provider}
    return refused_forms.page(request, "accounts/link_identity.html", context)


@require_POST
def unlink(request: SignedInRequest, key: str) -> HttpResponse:
    provider = _known_or_404(key)
    if linking.unlink(user_id=request.user.pk, provider=provider):
        messages.success(request, f"{provider.name} n’ouvre plus votre compte.")
    return redirect(carrying(request, "accounts:account"))


def way_out(request: HttpRequest) -> str:
    """Before the session ends: where that of the provider ends too, if it began there; else nothing."""
    key, token = request.session.get(TOKEN, ["", ""])
    if not (provider := providers.known(key)):
        return ""
    try:
        return connection.end_address(provider, token, back=_address("accounts:login"))
    except NotVouched:
        return ""


def _known_or_404(key: str) -> Provider:
    if provider := providers.known(key):
        return provider
    raise Http404


def _address(name: str, *arguments: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"


def _come_in(request: HttpRequest, user: User, provider: Provider, token: str) -> HttpResponse:
    """Until the browser is closed: the computer may be anybody's. An agent's second factor is asked next."""
    login(request, user)
    request.session.pop(CAME_BACK, None)
    request.session[TOKEN] = [provider.key.value, token]
    request.session.set_expiry(0)
    services.note_sign_in(user=user, user_agent=request.headers.get("User-Agent", ""))
    response = redirect("admin:index" if provider.is_for_agents else settings.LOGIN_REDIRECT_URL)
    known_devices.remember(response, account=user.username)
    return response


def _sorry(request: HttpRequest, provider: Provider) -> HttpResponse:
    otherwise = (
        " plus tard" if request.user.is_authenticated else ", ou connectez-vous avec votre identifiant"
    )
    messages.error(request, f"{provider.name} n’a pas pu dire qui vous êtes. Recommencez{otherwise}.")
    return redirect("accounts:login")
