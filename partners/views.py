"""The directory, open to everyone. It is read from a replica where there is one: it may be a moment older."""

from collections.abc import Sequence
from urllib.parse import urljoin

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_http_methods, require_safe

from core import throttle
from core.one_server import from_one_server
from core.throttle_policy import HOUR, MINUTE, Limit, ThrottlePolicy

from . import open_data
from .forms import AroundMeForm, DirectoryForm, SuggestionForm
from .models import Partner
from .reading import ListedPartner, listed
from .search import Found, listed_at, search

PAGE_SIZE = 20
TILES_FROM = [urljoin(settings.MAP_TILES, "/")] if settings.MAP_TILES else []
# A class may send one each; who sends hundreds ends up at one a minute.
SUGGESTION = ThrottlePolicy(
    "suggestion",
    network=Limit(free=40, first=MINUTE, longest=MINUTE, memory=MINUTE),
)
SUGGESTION_OF_ONE = ThrottlePolicy(
    "suggestion of one",
    account=Limit(free=10, first=HOUR, longest=HOUR, memory=HOUR),
    too_many="Trop d’organismes proposés",
)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"img-src": TILES_FROM})
def directory(request: HttpRequest) -> HttpResponse:
    """The list. « Autour de moi » asks by POST, and so do its further pages."""
    form = _form(request)
    page = Paginator(_found(form), PAGE_SIZE).get_page(form.data.get("page"))
    filters = request.GET.copy()
    filters.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "partners": listed_at(list(page), using=settings.REPLICA),
        "total": page.paginator.count,
        "query": filters.urlencode(),
        "around": form.around,
        "around_me": request.method == "POST",
        "tiles": settings.MAP_TILES,
        "tiles_attribution": settings.MAP_TILES_ATTRIBUTION,
    }
    return render(request, "partners/directory.html", context, status=404 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def on_map(request: HttpRequest) -> HttpResponse:
    """The points of the map: all that the list of the same address finds, in its order."""
    form = _form(request)
    if request.method != "POST" and not any(request.GET.values()):
        # What everybody sees first.
        return HttpResponse(
            open_data.kept("map", lambda: _points(form), using=settings.REPLICA),
            content_type="application/json",
        )
    return HttpResponse(_points(form), content_type="application/json", status=404 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """« Mon organisme n’est pas dans la liste »."""
    form = SuggestionForm(request.POST or None, initial={"name": request.GET.get("nom", "")})
    if form.is_valid():
        try:
            if request.user.is_authenticated:
                throttle.count(SUGGESTION_OF_ONE, request, account=request.user.username)
            throttle.count(SUGGESTION, request)
        except throttle.TooManyAttempts as refusal:
            form.add_error(None, refusal.sentence)
            return refusal.on(render(request, "partners/suggest.html", {"form": form}))
        form.save()
        return redirect("partners:suggested")
    return render(request, "partners/suggest.html", {"form": form})


@login_not_required
@require_safe
def suggested(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/suggested.html")


def _form(request: HttpRequest) -> DirectoryForm:
    return AroundMeForm(request.POST) if request.method == "POST" else DirectoryForm(request.GET)


def _points(form: DirectoryForm) -> bytes:
    found = listed_at(_found(form), using=settings.REPLICA)
    return JsonResponse(open_data.as_geojson(found)).content


def _found(form: DirectoryForm) -> list[Found]:
    return search(form.wanted(timezone.localdate()), using=settings.REPLICA) if form.is_valid() else []


# --- Open data --------------------------------------------------------------------------------


@login_not_required
@require_safe
def open_data_page(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/open_data.html", {"fields": open_data.FIELDS})


def _edition(request: HttpRequest) -> str:
    return f'"{open_data.edition(using=settings.REPLICA)}"'


# Private: a session may be renewed beside it.
@login_not_required
@require_safe
@cache_control(private=True, max_age=600)
@from_one_server
@condition(etag_func=_edition)
def as_csv(request: HttpRequest) -> HttpResponse:
    content = open_data.kept("csv", lambda: open_data.as_csv(_listed()).encode(), using=settings.REPLICA)
    return _file(content, "text/csv; charset=utf-8", "organismes.csv")


@login_not_required
@require_safe
@cache_control(private=True, max_age=600)
@from_one_server
@condition(etag_func=_edition)
def as_geojson(request: HttpRequest) -> HttpResponse:
    content = open_data.kept(
        "geojson", lambda: JsonResponse(open_data.as_geojson(_listed())).content, using=settings.REPLICA
    )
    return _file(content, "application/geo+json", "organismes.geojson")


def _listed() -> Sequence[ListedPartner]:
    partners = Partner.objects.using(settings.REPLICA).for_directory(on=timezone.localdate())
    return listed(partners, using=settings.REPLICA)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        # Any page of any site may read what is open.
        "Access-Control-Allow-Origin": "*",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
