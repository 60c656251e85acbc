"""The page of the one search, whose field is on every page of the administration."""

from typing import cast

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from accounts.models import Beneficiary, User
from backoffice.journal import writing
from core import typed_text

from .finding import find

LONGEST = 120


@require_safe
def search_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """What is found; the row itself, where exactly it was asked for. Who looked for whom is kept."""
    typed = typed_text.line(request.GET.get("q", ""))[:LONGEST].strip()
    found = None
    if typed:
        writing.record_search(request, [Beneficiary, User], typed)
        found = find(typed, cast(User, request.user))
        if only := found.only:
            return redirect(only.address)
    context = site.each_context(request) | {"title": "Recherche", "typed": typed, "found": found}
    response = render(request, "admin/search.html", context)
    add_never_cache_headers(response)
    return response
