"""The administration: an agent comes in with a password, then with a second factor, and no other way."""

from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import security_log
from accounts.access import forget_pages
from accounts.models import User
from accounts.openid import providers
from accounts.security_log import Event
from accounts.views import openid
from core import routes

from . import second_factor
from .base.edits import Edit, Verb
from .figures import pages
from .figures.board import board
from .journal import history, writing
from .queue.page import works
from .search.page import search_page

SECTIONS = [
    "tickets",
    "applications",
    "payments",
    "accounts",
    "wallets",
    "partners",
    "content",
    "backoffice",
    "core",
]


# Where what had its pages under /admin/passplus/ has them now: bookmarks, and messages that lead there.
MOVED = {"import": "backoffice", "outgoingmail": "core"}


def moved(request: HttpRequest, model: str, rest: str = "") -> HttpResponse:
    if model not in MOVED:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    address = reverse(f"admin:{MOVED[model]}_{model}_changelist") + rest
    return redirect(f"{address}?{query}" if query else address)


def _brand_sheet() -> str:
    """Of a campaign's own colours; empty if they are ours (static/css/admin-foot.css)."""
    colors = settings.BRAND["colors"]
    version = "-".join(colors).replace("#", "")
    return f"{reverse('passplus:brand')}?v={version}" if colors else ""


class Administration(admin.AdminSite):
    site_header = site_title = f"{settings.BRAND['name']} – administration"
    index_title = "Accueil"
    index_template = "admin/board.html"

    def index(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Where an agent's day begins: who only answers calls begins with the search."""
        agent = cast(User, request.user)
        if agent.has_perm("accounts.view_beneficiary") and not agent.has_perm("accounts.change_beneficiary"):
            return redirect("admin:search")
        context: dict[str, Any] = {"lately": history.lately(agent)}
        if agent.has_perm("wallets.view_campaign"):
            context["board"] = board(agent)
        return super().index(request, (extra_context or {}) | context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        told = {"is_alone": not settings.SECOND_AGENT, "version": settings.VERSION}
        return super().each_context(request) | told | {"brand_sheet": _brand_sheet()}

    def admin_view(self, view: Any, cacheable: Any = None) -> Any:
        """What an agent is refused is known by name afterwards: a page, or a filter that is none."""
        inner = super().admin_view(view, bool(cacheable))

        @wraps(inner)
        def watched(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return cast(HttpResponseBase, inner(request, *args, **kwargs))
            except (PermissionDenied, SuspiciousOperation):
                page = routes.route_of(request)
                security_log.note(Event.FORBIDDEN, account=request.user.get_username(), page=page)
                raise

        return watched

    def record_reading(self, request: HttpRequest, row: Model) -> None:
        writing.record_reading(request, row)

    def record_search(self, request: HttpRequest, model: type[Model], typed: str) -> None:
        writing.record_search(request, [model], typed)

    def record_edit(self, request: HttpRequest, row: Model, verb: Verb, edit: Edit) -> None:
        writing.record_edit(request, row, verb, edit)

    def history(self, request: HttpRequest, model_admin: admin.ModelAdmin, row: Model) -> HttpResponse:
        return history.history(request, model_admin, row)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """In the order of the work, not of the alphabet."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: SECTIONS.index(app["app_label"]))

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and bool(getattr(request.user, "otp_device", None))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("second-facteur/", second_factor.ask, name="second_factor"),
            path("recherche/", self.admin_view(self.search), name="search"),
            path("que-repondre/", self.admin_view(self.calls), name="calls"),
            path("sommes/", self.admin_view(pages.sums_page), name="sums"),
            path("travaux/", self.admin_view(works), name="works"),
            path("statistiques/", self.admin_view(pages.statistics_page), name="statistics"),
            path(
                "second-facteur/codes/", self.admin_view(second_factor.recovery_codes), name="recovery_codes"
            ),
            path("passplus/<str:model>/", self.admin_view(moved)),
            path("passplus/<str:model>/<path:rest>", self.admin_view(moved)),
            *super().get_urls(),
        ]

    def search(self, request: HttpRequest) -> HttpResponse:
        return search_page(request, self)

    @method_decorator(require_safe)
    def calls(self, request: HttpRequest) -> HttpResponse:
        """What to answer to each call, in the words of the pages."""
        return render(
            request,
            "admin/calls.html",
            self.each_context(request) | {"title": "Que répondre\N{NO-BREAK SPACE}?"},
        )

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Where everybody changes it: there wrong guesses of the old one count, and its owner is told."""
        return redirect("accounts:password")

    @method_decorator([never_cache, login_not_required])
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """An agent whose password was right has half of it: the other half comes next."""
        if request.method == "GET" and super().has_permission(request) and not self.has_permission(request):
            wanted = urlencode({"next": request.GET.get("next", reverse("admin:index"))})
            return redirect(f"{reverse('admin:second_factor')}?{wanted}")
        return super().login(request, (extra_context or {}) | {"pro_connect": providers.for_agents()})

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        way_out = openid.way_out(request)
        response: HttpResponse = super().logout(request, extra_context)
        if way_out:
            response = HttpResponseRedirect(way_out)
        forget_pages(response)
        return response
