"""One queue by age: each application with its papers beside what an agent may say of it."""

from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from accounts.models import User
from applications import deciding
from applications.models import Application
from backoffice.acts.applications import ACTS, RIGHT
from backoffice.acts.pages import ActsAdmin
from backoffice.base.read_only import ReadOnlyAdmin
from backoffice.facts import applications as about
from core.exceptions import Refusal

from . import page, words
from .viewer import VIEWER, view_paper


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin, ActsAdmin):
    list_display = ("number", "kind", "whom", "campaign", "state", "waits", "claimed_by")
    list_select_related = ("beneficiary", "newcomer", "candidacy", "partner", "campaign", "claimed_by")
    list_filter = ("state", "kind", "campaign")
    search_fields = (
        *("beneficiary__last_name", "beneficiary__first_name", "beneficiary__pupil_number"),
        *("newcomer__last_name", "newcomer__first_name", "candidacy__name", "candidacy__siret"),
        "partner__name",
    )
    ordering = ("waiting_since", "number")
    fields = readonly_fields = (
        *("beneficiary", "partner", "campaign", "kind", "state", "sent_at", "sent_by", "waiting_since"),
        *("claimed_by", "claimed_at", "decided_by", "decided_at", "reason"),
    )
    change_list_template = "admin/with_next_application.html"
    change_form_template = "admin/application.html"
    acts = ACTS

    def heading(self, row: Application) -> str:
        return about.name(row)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        return (
            super()
            .get_queryset(request)
            .select_related(
                *("beneficiary__school", "newcomer__school", "new_school__school", "other_guardian"),
                *("candidacy__commune", "new_sheet", "partner", "campaign", "sent_by"),
            )
        )

    @admin.display(description="pour")
    def whom(self, application: Application) -> str:
        return application.child_name

    @admin.display(description="attend depuis", ordering="waiting_since")
    def waits(self, application: Application) -> str:
        if application.decided_at:
            return ""
        return words.days_since(application.waiting_since) or "aujourd’hui"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = "applications_application"
        return [
            path("suivante/", view(require_POST(self.take_next)), name=f"{name}_next"),
            path("<path:object_id>/prendre/", view(require_POST(self.take)), name=f"{name}_take"),
            path("<path:object_id>/papiers/<number:paper_id>/", view(view_paper), name=VIEWER),
            *super().get_urls(),
        ]

    def take_next(self, request: HttpRequest) -> HttpResponse:
        """« Prendre la suivante »: the oldest that nobody else has."""
        number = deciding.claim_next(actor=_decider(request))
        if number is None:
            messages.success(request, "Aucune demande n’attend.")
            return redirect("admin:applications_application_changelist")
        return redirect("admin:applications_application_change", number)

    def take(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """« Je m'en occupe »."""
        agent, application = _decider(request), self.get_object(request, object_id)
        if application is None:
            return redirect("admin:applications_application_changelist")
        try:
            deciding.claim(application_id=application.pk, actor=agent)
        except Refusal as refusal:
            messages.warning(request, refusal.told())
        return redirect("admin:applications_application_change", application.pk)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "week": words.of_the_week()})

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        told = page.context(kwargs["obj"], cast(User, request.user)) if kwargs.get("obj") else {}
        return super().render_change_form(request, context | told, *args, **kwargs)


def _decider(request: HttpRequest) -> User:
    """Raises PermissionDenied."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    return cast(User, request.user)
