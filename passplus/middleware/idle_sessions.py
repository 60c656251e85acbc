import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from accounts.access import forget_pages

from .get_response import GetResponse

SESSION_ENDED = (
    "Pour protéger votre compte, la connexion s’est fermée après un long moment sans activité. "
    "Connectez-vous de nouveau\N{NO-BREAK SPACE}: vous reviendrez où vous étiez."
)
SESSION_TOO_OLD = (
    "Pour protéger votre compte, la connexion ne dure jamais plus longtemps. "
    "Connectez-vous de nouveau\N{NO-BREAK SPACE}: vous reviendrez où vous étiez."
)


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
