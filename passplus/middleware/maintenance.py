from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from .get_response import GetResponse

# Seconds after which a browser or a search engine may ask again during a maintenance.
BACK_IN = 600


def close_for_maintenance(get_response: GetResponse) -> GetResponse:
    """While MAINTENANCE is on, only the administration answers (and the static files, served before)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.MAINTENANCE or request.path.startswith(reverse("admin:index")):
            return get_response(request)
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(BACK_IN)})

    return middleware
