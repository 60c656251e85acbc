"""The directory as open data."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from core.one_server import from_one_server

from .. import open_data
from ..models import Partner
from ..reading import ListedPartner, listed


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
    today = timezone.localdate()
    return listed(
        Partner.objects.using(settings.REPLICA).for_directory(on=today), on=today, using=settings.REPLICA
    )


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        # Any page of any site may read what is open.
        "Access-Control-Allow-Origin": "*",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
