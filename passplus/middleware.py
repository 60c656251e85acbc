"""What holds for every request, whatever page it asks for."""

import logging
import os
import re
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from itertools import chain
from typing import Any, cast
from urllib.parse import unquote_plus, urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import ResolverMatch, reverse
from django.utils.cache import add_never_cache_headers

from accounts.access import forget_pages
from core import routes
from core.pdf import PenTaken
from core.throttle import TooManyAttempts
from operations import logs, metrics
from operations.probes import PROBES

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

STATIC = "static"
QUIET = {STATIC, *PROBES}

METHODS = ["GET", "HEAD", "POST"]

REQUEST_ID = re.compile(r"[0-9A-Za-z-]{8,64}")

SESSION_ENDED = (
    "Pour protéger votre compte, la connexion s’est fermée après un long moment sans activité. "
    "Connectez-vous de nouveau\N{NO-BREAK SPACE}: vous reviendrez où vous étiez."
)
SESSION_TOO_OLD = (
    "Pour protéger votre compte, la connexion ne dure jamais plus longtemps. "
    "Connectez-vous de nouveau\N{NO-BREAK SPACE}: vous reviendrez où vous étiez."
)
NOT_DONE = "Ce que vous veniez d’envoyer n’a pas été enregistré. Connectez-vous, puis recommencez."

# What an agent who gave only the password may ask for.
OPEN_HALF_WAY = {"admin:second_factor", "admin:logout", "accounts:logout"}

# Seconds in which those who were before have their documents.
DRAWN_IN = 5
# Seconds after which a browser or a search engine may ask again during a maintenance.
BACK_IN = 600


def watch(get_response: GetResponse) -> GetResponse:
    """Give each request an id, which comes back with the answer; write one line about it, and count it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        reference = _request_id(request)
        # Until the next one in this thread: Django says after us which page it refused.
        logs.request_id.set(reference)
        response = get_response(request)
        response["X-Request-ID"] = reference
        _tell(request, response, seconds=time.perf_counter() - began)
        return response

    return middleware


def _request_id(request: HttpRequest) -> str:
    """Short enough to be read out on the telephone. Our proxy may have named the request before."""
    given = request.headers.get("X-Request-ID", "") if settings.SECURE_PROXY else ""
    if REQUEST_ID.fullmatch(given):
        return given
    digits = os.urandom(6).hex()
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def _tell(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    route = _route(request, response)
    facts = {
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": round(1000 * seconds, 1),
        "bytes": None if response.streaming else len(response.content),
    }
    # Files, and machines that ask every second, are of interest only to who looks for them.
    quiet = route in QUIET and response.status_code < HTTPStatus.BAD_REQUEST
    level = logging.DEBUG if quiet else logging.INFO
    logger.log(level, "%(method)s %(route)s %(status)s %(ms)s ms", facts, extra={"facts": facts})
    metrics.count(method=request.method or "", route=route, status=response.status_code, seconds=seconds)


def _route(request: HttpRequest, response: HttpResponse) -> str:
    if request.path in PROBES:
        return request.path
    route = routes.route_of(request)
    # No page of ours streams without an address: it is WhiteNoise.
    return STATIC if route == routes.UNKNOWN and response.streaming else route


# Features that Chromium knows: of another one it warns in the console, on each page.
# The directory asks where one is, when « Autour de moi » is pressed; nothing else is asked of a device.
PERMISSIONS = ", ".join(
    [
        "geolocation=(self)",
        *(
            f"{feature}=()"
            for feature in (
                *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
                *("encrypted-media", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer"),
                *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get"),
                *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
            )
        ),
    ]
)


# The policy, which is in the settings, calls it so.
REPORTING = f'csp="{settings.VIOLATIONS_URL}"'


def forbid_what_no_page_needs(get_response: GetResponse) -> GetResponse:
    """Tell browsers what no page of ours asks for, so that nothing put into one can; and where to tell it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Reporting-Endpoints"] = REPORTING
        # What is open to all sites says so itself.
        if not response.has_header("Access-Control-Allow-Origin"):
            response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware


def refuse_other_methods(get_response: GetResponse) -> GetResponse:
    """Answer 405 to what no page takes. Django's own pages would take a PUT or an OPTIONS for a GET."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware


def answer_probes(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path)
        return probe(request) if probe else get_response(request)

    return middleware


def close_for_maintenance(get_response: GetResponse) -> GetResponse:
    """While MAINTENANCE is on, only the administration answers (and the static files, served before)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.MAINTENANCE or request.path.startswith(reverse("admin:index")):
            return get_response(request)
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(BACK_IN)})

    return middleware


def refuse_nul_characters(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a NUL character: PostgreSQL cannot even compare with it. (In a form: `CheckBody`.)"""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = unquote_plus(request.META.get("QUERY_STRING", ""))
        _refuse_nul([request.path, query, *request.COOKIES.values()])
        return get_response(request)

    return middleware


def _refuse_nul(texts: Iterable[str]) -> None:
    if any("\0" in text for text in texts):
        raise BadRequest("NUL character")


# Who may send more than a form of words, and to where.
FILES_ARE_FOR = {"admin:backoffice_import_add": "accounts.import_lists"}


class CheckBody:
    """Asks who is there before a large body is read, and reads the others once for all.

    Whatever is larger than DATA_UPLOAD_MAX_MEMORY_SIZE would be written to disk by whoever looks at the form
    first: the check of its token, before anybody is asked who he is.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        if _size(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and not _may_bring_files(request):
            return HttpResponse(render_to_string("413.html"), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            _refuse_nul(chain.from_iterable(values for _, values in request.POST.lists()))
        except UnreadablePostError as gone:
            # Who sent it hung up; nobody reads the answer.
            raise BadRequest("the body ended too early") from gone
        return None


def _size(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def _may_bring_files(request: HttpRequest) -> bool:
    wanted = FILES_ARE_FOR.get(request.resolver_match.view_name if request.resolver_match else "")
    # The second factor too.
    return bool(wanted and getattr(request.user, "otp_device", None) and request.user.has_perm(wanted))


def keep_personal_pages_out_of_caches(get_response: GetResponse) -> GetResponse:
    """After a logout, « Back » on a shared computer must not show a family's pages again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # A view that says how long it may be kept knows what it shows.
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware


class TooManyAttemptsPage:
    """Answer 429 with a page that says how long to wait, where the throttle refused and no form said it;
    503 where a document was not drawn because others are."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, PenTaken):
            response = render(request, "503_pen_taken.html", {"seconds": DRAWN_IN}, status=503)
            response["Retry-After"] = str(DRAWN_IN)
            return response
        if not isinstance(exception, TooManyAttempts):
            return None
        return exception.on(render(request, "429.html", {"refusal": exception}))


class LogInFirst(LoginRequiredMiddleware):
    """Pages are closed by default. Who sends a form without being connected is told that it did nothing.

    An agent who gave only the password has come half way in: to the page of the second factor.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused or not _is_half_way_in(request) or not getattr(view_func, "login_required", True):
            return refused
        if cast(ResolverMatch, request.resolver_match).view_name in OPEN_HALF_WAY:
            return None
        _say_it_did_nothing(request)
        return redirect(f"{reverse('admin:second_factor')}?{urlencode({'next': request.get_full_path()})}")

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        _say_it_did_nothing(request)
        return super().handle_no_permission(request, view_func)


def _is_half_way_in(request: HttpRequest) -> bool:
    """django-otp says who gave the second factor."""
    agent = request.user.is_authenticated and request.user.is_staff
    return agent and not getattr(request.user, "otp_device", None)


def _say_it_did_nothing(request: HttpRequest) -> None:
    if request.method == "POST":
        messages.info(request, NOT_DONE)


def end_idle_sessions(get_response: GetResponse) -> GetResponse:
    """Log out who did nothing for SESSION_IDLE seconds, unless « Restez connecté » was ticked, and say so;
    and who came in too long ago, whatever they did since: a stolen cookie is of no use for ever.

    The last visit is noted when a twelfth of that time has passed since the one before, so that not every
    request writes; the end is counted from what was noted, and pages warn of exactly that moment.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and (reason := _why_it_ends(request.session)):
            # What is asked for may be open to all; else LogInFirst asks who is there.
            logout(request)
            messages.info(request, reason)
            response = get_response(request)
            forget_pages(response)
            return response
        return get_response(request)

    return middleware


def _why_it_ends(session: SessionBase) -> str:
    """Notes when it began, and the last visit; nothing if it goes on."""
    now = time.time()
    remembered = not session.get_expire_at_browser_close()
    if now - session.setdefault("began", now) >= (
        settings.REMEMBERED_FOR if remembered else settings.SESSION_LONGEST
    ):
        return SESSION_TOO_OLD
    if not remembered:
        idle = now - session.setdefault("seen", now)
        if idle >= settings.SESSION_IDLE:
            return SESSION_ENDED
        if idle >= settings.SESSION_IDLE / 12:
            session["seen"] = now
    return ""
