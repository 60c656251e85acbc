from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

from accounts.access import is_half_way_in, second_factor_first

NOT_DONE = "Ce que vous veniez d’envoyer n’a pas été enregistré. Connectez-vous, puis recommencez."
SESSION_CLOSED = (
    "Votre connexion s’est fermée\N{NO-BREAK SPACE}: elle a duré trop longtemps, le mot de passe a changé, "
    "ou un autre appareil l’a fermée. "
    "Connectez-vous de nouveau\N{NO-BREAK SPACE}: vous reviendrez où vous étiez."
)
# What an agent who gave only the password may ask for.
OPEN_HALF_WAY = {"admin:second_factor", "admin:logout", "accounts:logout"}


class LogInFirst(LoginRequiredMiddleware):
    """Pages are closed by default. Who sends a form without being connected is told that it did nothing.

    An agent who gave only the password has come half way in: to the page of the second factor.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused or not is_half_way_in(request) or not getattr(view_func, "login_required", True):
            return refused
        if cast(ResolverMatch, request.resolver_match).view_name in OPEN_HALF_WAY:
            return None
        _say_it_did_nothing(request)
        return second_factor_first(request)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        _say_it_did_nothing(request)
        # The cookie of a session that is no more; unless it is said already why.
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and not len(messages.get_messages(request)):
            messages.info(request, SESSION_CLOSED)
        return super().handle_no_permission(request, view_func)


def _say_it_did_nothing(request: HttpRequest) -> None:
    if request.method == "POST":
        messages.info(request, NOT_DONE)
