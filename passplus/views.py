"""What belongs to no single app: the front door, the page of an expired form, what makes it installable."""

import datetime as dt
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from accounts.access import is_ours
from accounts.models import Beneficiary
from core import db_errors
from core.brand import stylesheet

# As long as it is asked for the address holds; who keeps the answer asks again in time.
SECURITY_TXT_FOR = dt.timedelta(days=180)
# Seconds after which a browser or a program may ask again.
BUSY_FOR = 5


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Send each person home: a child to its account, a parent to the children, an agent to the admin."""
    if not request.user.is_authenticated:
        return redirect("accounts:login")
    if request.user.is_staff:
        return redirect("admin:index")
    own = Beneficiary.objects.accessible_to(request.user).filter(user=request.user).first()
    return redirect("tickets:home", own.public_id) if own else redirect("tickets:children")


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from yesterday's tab: say that nothing was done, and lead back to a fresh one."""
    referer = request.headers.get("Referer", "")
    back = referer if is_ours(request, referer) else "/"
    return render(request, "403_csrf.html", {"return_url": back}, status=403)


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


@login_not_required
@require_safe
def brand(request: HttpRequest) -> HttpResponse:
    """The stylesheet of the campaign's own colours; its address changes with them."""
    colors = settings.BRAND["colors"]
    if not colors:
        raise Http404
    # Private: a session may be renewed beside it.
    headers = {"Cache-Control": "private, max-age=604800"}
    return HttpResponse(stylesheet(*colors), content_type="text/css; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone asks for to put the service among its applications."""
    description = {
        "id": "/",
        "name": f"{settings.BRAND['name']} {settings.BRAND['territory']}",
        "short_name": settings.BRAND["name"],
        "description": "Les porte-monnaie Sport et Culture des collégiens, et leurs tickets.",
        "lang": "fr",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f6f3ec",
        "theme_color": (settings.BRAND["colors"] or settings.OUR_COLORS)[0],
        "icons": [
            {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("img/icon-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    return JsonResponse(description, content_type="application/manifest+json")


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """A template, because it names the static files of this version; it serves the whole site."""
    response = render(request, "service-worker.js", content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    return response


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """To whom one tells a hole that one found (RFC 9116)."""
    expires = (timezone.now() + SECURITY_TXT_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.BRAND['help_email']}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
