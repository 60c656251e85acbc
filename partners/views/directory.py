"""The directory and its map, open to everyone."""

from collections.abc import Iterable
from dataclasses import replace
from typing import cast
from urllib.parse import urljoin

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import CARRIED, carried_child
from core import position

from .. import open_data
from ..forms import CRITERIA, DirectoryForm, PositionForm
from ..models import Commune
from ..reading import ListedPartner, Offered
from ..search import Answer, Found, answer, listed_at
from ..words import simple_words

PAGE_SIZE = 20
# Refused, too old, or in a link that came from somebody else.
POSITION_LOST = (
    "Nous ne savons pas où vous êtes. Touchez de nouveau "
    "«\N{NO-BREAK SPACE}Autour de moi\N{NO-BREAK SPACE}», ou choisissez votre commune."
)

TILES_FROM = [urljoin(settings.MAP_TILES, "/")] if settings.MAP_TILES else []


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"img-src": TILES_FROM})
def directory(request: HttpRequest) -> HttpResponse:
    """The list. « Autour de moi » sends a position by POST, which leads to the list around it."""
    if request.method == "POST":
        return _around_me(request)
    form = _form(request)
    answered = _answer(form)
    page = Paginator(answered.found, PAGE_SIZE).get_page(form.data.get("page"))
    filters = cast(QueryDict, form.data).copy()
    filters.pop("page", None)
    fewer = filters.copy()
    for criterion in CRITERIA:
        fewer.pop(criterion, None)
    is_lost = position.PARAMETER in request.GET and not form.near
    context = {
        "form": form,
        "page": page,
        "partners": _shown(page, form, answered),
        "total": page.paginator.count,
        "query": filters.urlencode(),
        "fewer": fewer.urlencode(),
        "without_criteria": 0 if answered.found else _count_without_criteria(form),
        "around": answered.around,
        "explanation": [POSITION_LOST, *answered.explanation] if is_lost else answered.explanation,
        "tiles": settings.MAP_TILES,
        "tiles_attribution": settings.MAP_TILES_ATTRIBUTION,
    }
    return render(request, "partners/directory.html", context, status=404 if form.errors else 200)


@login_not_required
@require_safe
def on_map(request: HttpRequest) -> HttpResponse:
    """The points of the map: all that the list of the same address finds, in its order."""
    form = _form(request)
    if not any(request.GET.values()):
        # What everybody sees first.
        return HttpResponse(
            open_data.kept("map", lambda: _points(form), using=settings.REPLICA),
            content_type="application/json",
        )
    return HttpResponse(_points(form), content_type="application/json", status=404 if form.errors else 200)


def _around_me(request: HttpRequest) -> HttpResponse:
    """To the list around the position sent; the address says the rest of what is asked."""
    asked = request.GET.copy()
    for name in (CARRIED, *DirectoryForm.base_fields):
        if request.POST.get(name):
            asked[name] = request.POST[name]
    asked[position.PARAMETER] = "on"
    response = redirect(f"{request.path}?{asked.urlencode()}#resultats")
    form = PositionForm(request.POST)
    if form.is_valid():
        position.remember(response, (form.cleaned_data["latitude"], form.cleaned_data["longitude"]))
    else:
        position.forget(response)
    return response


def _form(request: HttpRequest) -> DirectoryForm:
    if position.PARAMETER in request.GET:
        return DirectoryForm(request.GET, near=position.of(request))
    asked, child = request.GET.copy(), carried_child(request)
    # The form itself always says which commune, or none.
    if child and "commune" not in asked and _is_ours(child.insee_code):
        asked.update({"commune": child.insee_code, "autour": "on"})
    return DirectoryForm(asked)


def _is_ours(insee_code: str) -> bool:
    return Commune.objects.using(settings.REPLICA).filter(pk=insee_code).exists()


def _points(form: DirectoryForm) -> bytes:
    found = listed_at(_answer(form).found, using=settings.REPLICA)
    return JsonResponse(open_data.as_geojson(found)).content


def _shown(page: Iterable[Found], form: DirectoryForm, answered: Answer) -> list[ListedPartner]:
    """Of one that does much, what was asked for stands in its row."""
    asked = form.cleaned_data if form.is_valid() else {}
    activity, kind = asked.get("activite"), asked.get("porte_monnaie")

    def is_asked(offer: Offered) -> bool:
        if activity:
            return bool(offer.activity == activity.name)
        if answered.words:
            return not answered.words.isdisjoint(simple_words(offer.activity))
        return bool(offer.kind == kind)

    shown = listed_at(list(page), using=settings.REPLICA)
    return [one.with_first(is_asked) if len(one.offered) > one.most else one for one in shown]


def _count_without_criteria(form: DirectoryForm) -> int:
    """How many the criteria that few use hide, where they hide all."""
    if not (form.is_valid() and form.wants_more):
        return 0
    wanted = replace(form.wanted(timezone.localdate()), kind="", activity=None, accessible=False)
    return len(answer(wanted, using=settings.REPLICA).found)


def _answer(form: DirectoryForm) -> Answer:
    return answer(form.wanted(timezone.localdate()), using=settings.REPLICA) if form.is_valid() else Answer()
