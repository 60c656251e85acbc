"""The web app manifest, and the stylesheet of the brand's colours."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from core.brand import stylesheet


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
    """The web app manifest."""
    description = {
        "id": "/",
        "name": f"{settings.BRAND['name']} {settings.BRAND['territory']}",
        "short_name": settings.BRAND["name"],
        "description": "Les porte-monnaie Sport et Culture des collégiens, et leurs tickets.",
        "lang": "fr",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f6f3ec",
        "theme_color": settings.BRAND["accent"],
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
