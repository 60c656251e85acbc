"""The administration: an agent comes in with a password, then with a second factor, and no other way."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_otp import login as remember_second_factor
from django_otp.models import Device

from accounts import second_factor, security_log, services, throttle_policies
from accounts.access import SignedInRequest, forget_pages, is_ours
from accounts.models import User
from accounts.security_log import Event
from core import routes, throttle
from core.forms import CodeField
from core.qr import data_uri
from core.spreadsheets import Columns
from wallets.models import Campaign

from . import journal, statistics, sums
from .dashboard import board
from .exports import csv_download
from .model_admin import Edit, Verb

SECTIONS = ["tickets", "accounts", "wallets", "partners", "content", "backoffice", "core"]


# Where what had its pages under /admin/passplus/ has them now: bookmarks, and messages that lead there.
MOVED = {"import": "backoffice", "outgoingmail": "core"}


def moved(request: HttpRequest, model: str, rest: str = "") -> HttpResponse:
    if model not in MOVED:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    address = reverse(f"admin:{MOVED[model]}_{model}_changelist") + rest
    return redirect(f"{address}?{query}" if query else address)


class CodeForm(forms.Form):
    code = CodeField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """Telephones show « 123 456 »; a recovery code is copied from paper."""
        return str(self.cleaned_data["code"]).lower()


class StatisticsForm(forms.Form):
    BY = (("commune", "Commune"), ("college", "Collège"))

    campagne = forms.ModelChoiceField(label="Campagne", queryset=Campaign.objects.order_by("-opens_on"))
    par = forms.ChoiceField(label="Par", choices=BY)


class Administration(admin.AdminSite):
    site_header = site_title = f"{settings.BRAND['name']} – administration"
    index_title = "Accueil"
    index_template = "admin/board.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        agent = cast(User, request.user)
        context: dict[str, Any] = {"lately": journal.lately(agent)}
        if agent.has_perm("wallets.view_campaign"):
            context["board"] = board(agent)
        return super().index(request, (extra_context or {}) | context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"is_alone": not settings.SECOND_AGENT}

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
        journal.record_reading(request, row)

    def record_search(self, request: HttpRequest, model: type[Model], typed: str) -> None:
        journal.record_search(request, model, typed)

    def record_edit(self, request: HttpRequest, row: Model, verb: Verb, edit: Edit) -> None:
        journal.record_edit(request, row, verb, edit)

    def history(self, request: HttpRequest, model_admin: admin.ModelAdmin, row: Model) -> HttpResponse:
        return journal.history(request, model_admin, row)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """In the order of the work, not of the alphabet."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: SECTIONS.index(app["app_label"]))

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and bool(getattr(request.user, "otp_device", None))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("second-facteur/", self.second_factor, name="second_factor"),
            path("sommes/", self.admin_view(self.sums), name="sums"),
            path("statistiques/", self.admin_view(self.statistics), name="statistics"),
            path("second-facteur/codes/", self.admin_view(self.recovery_codes), name="recovery_codes"),
            path("passplus/<str:model>/", self.admin_view(moved)),
            path("passplus/<str:model>/<path:rest>", self.admin_view(moved)),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def sums(self, request: HttpRequest) -> HttpResponse:
        """Where each euro is, of every campaign, past ones too."""
        if not request.user.has_perm("wallets.view_campaign"):
            raise PermissionDenied
        every = sums.of(Campaign.objects.order_by("-opens_on"), timezone.localdate())
        context = self.each_context(request) | {
            "title": "Toutes les campagnes",
            "campaigns": every,
            "columns": sums.COLUMNS.values(),
        }
        return render(request, "admin/sums.html", context)

    @method_decorator(require_safe)
    def statistics(self, request: HttpRequest) -> HttpResponseBase:
        """How far a campaign reaches; the same as CSV."""
        if not request.user.has_perm("wallets.view_campaign"):
            raise PermissionDenied
        form = StatisticsForm(request.GET or None)
        asked = form.cleaned_data if form.is_valid() else {}
        campaign = asked.get("campagne") or statistics.newest_campaign()
        by = asked.get("par") or "commune"
        lines = statistics.table(campaign, by) if campaign else []
        heading = dict(StatisticsForm.BY)[by]
        if request.GET.get("format") == "CSV" and campaign:
            columns: Columns = {heading: lambda line: line.name} | {
                name: partial(lambda number, line: line.counts[number], number)
                for number, name in enumerate(statistics.COLUMNS)
            }
            return csv_download(columns, lines, f"statistiques-{by}")
        context = self.each_context(request) | {
            "title": f"Statistiques de la campagne {campaign}" if campaign else "Statistiques",
            "form": StatisticsForm({"campagne": campaign.pk if campaign else None, "par": by}),
            "by": heading,
            "columns": statistics.COLUMNS,
            "lines": lines,
            "shares": list(statistics.shares(lines)),
        }
        return render(request, "admin/statistics.html", context)

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
        return super().login(request, extra_context)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        response = super().logout(request, extra_context)
        forget_pages(response)
        return response

    @method_decorator([never_cache, require_http_methods(["GET", "HEAD", "POST"])])
    def second_factor(self, request: SignedInRequest) -> HttpResponse:
        """Ask for the code; the first time, show the QR that makes a telephone know it."""
        if not super().has_permission(request):
            raise Http404
        enrolled = second_factor.telephone_of(request.user)
        form = CodeForm(request.POST or None)
        if form.is_valid() and self._let_in(request, form, first_time=not enrolled):
            if enrolled:
                return redirect(_wanted(request))
            return self._show(request, second_factor.new_recovery_codes(request.user))
        context = self.each_context(request) | {
            "title": "Second facteur",
            "form": form,
            # What is behind the door is not told before it opens.
            "is_nav_sidebar_enabled": False,
            "available_apps": [],
        }
        if not enrolled:
            telephone = second_factor.telephone_to_enrol(request.user, request.session)
            context |= {"qr": data_uri(telephone.config_url), "secret": _readable(telephone.config_url)}
        return render(request, "admin/second_factor.html", context)

    def _let_in(self, request: SignedInRequest, form: CodeForm, *, first_time: bool) -> bool:
        """Whether the code is right; else the form says what to do."""
        enrol = partial(second_factor.enrol, session=request.session)
        device = _device(request, form, enrol if first_time else second_factor.verify)
        if not device:
            return False
        # A session that was half open must not be known from before.
        request.session.cycle_key()
        # An agent's session ends with the browser, whatever was ticked at the door.
        request.session.set_expiry(0)
        remember_second_factor(request, device)
        services.note_sign_in(user=request.user, user_agent=request.headers.get("User-Agent", ""))
        return True

    @method_decorator([never_cache, require_http_methods(["GET", "HEAD", "POST"])])
    def recovery_codes(self, request: SignedInRequest) -> HttpResponse:
        """Ask first: ten new codes make ten printed ones worthless. An open session is not enough for it."""
        form = CodeForm(request.POST or None)
        if form.is_valid() and _device(request, form, second_factor.verify_telephone):
            return self._show(request, second_factor.remake_recovery_codes(request.user))
        context = self.each_context(request) | {"title": "Refaire mes codes de secours", "form": form}
        return render(request, "admin/remake_recovery_codes.html", context)

    def _show(self, request: SignedInRequest, codes: list[str]) -> HttpResponse:
        """Once."""
        context = self.each_context(request) | {"title": "Codes de secours", "codes": codes}
        return render(request, "admin/recovery_codes.html", context | {"next": _wanted(request)})


def _device(request: SignedInRequest, form: CodeForm, verify: Callable[..., Device | None]) -> Device | None:
    """The device that the typed code is right for; else the form says what to do."""
    try:
        attempt = throttle.count(
            throttle_policies.SECOND_FACTOR, request, account=request.user.get_username()
        )
    except throttle.TooManyAttempts as refusal:
        form.add_error(None, refusal.sentence)
        return None
    device = verify(request.user, code=form.cleaned_data["code"])
    if device:
        attempt.forgive()
    else:
        security_log.note(Event.SECOND_FACTOR_FAILED, account=request.user.get_username())
        form.add_error("code", "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant.")
    return device


def _wanted(request: HttpRequest) -> str:
    """Where the agent was going, if that is a page of ours."""
    wanted = request.GET.get("next", "")
    return wanted if is_ours(request, wanted) else reverse("admin:index")


def _readable(config_url: str) -> str:
    """The secret in groups of four, for a telephone without a camera."""
    secret = config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
