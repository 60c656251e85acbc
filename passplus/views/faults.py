"""The pages of failed requests: an expired form, a busy database."""

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from accounts.access import is_ours
from core import db_errors

# Seconds after which a browser or a program may ask again.
BUSY_FOR = 5


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from yesterday's tab, or a browser that keeps no cookie: nothing was done, and what to do."""
    referer = request.headers.get("Referer", "")
    back = referer if is_ours(request, referer) else "/"
    context = {"return_url": back, "has_cookies": bool(request.COOKIES)}
    return render(request, "403_csrf.html", context, status=403)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """A database that is busy or away comes back: that is no fault, and the same form may be sent again.

    Only one that carries its key (`OrderForm`), and so makes nothing twice, is repeated from here.
    """
    trouble = sys.exc_info()[1]
    if trouble is None or not db_errors.is_transient(trouble):
        return HttpResponseServerError(render_to_string("500.html"))
    repeated = [
        (name, value)
        for name, values in (request.POST.lists() if "key" in request.POST else [])
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    is_undone = request.method != "POST" or db_errors.was_rolled_back(trouble)
    page = render_to_string("busy.html", {"repeated": repeated, "is_undone": is_undone}, request)
    return HttpResponse(page, status=503, headers={"Retry-After": str(BUSY_FOR)})
