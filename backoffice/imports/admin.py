"""The files that agents import."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from backoffice.acts.act import Act
from backoffice.acts.forms import in_fieldsets
from backoffice.acts.pages import ActsAdmin
from backoffice.exports.lists import csv_download
from backoffice.models import Import, Sort, Stage
from core.exceptions import Refusal
from core.formats import counted_in_french
from core.spreadsheet_files.rows import NotReadable

from . import jobs, line_page, page, striking_off
from .confirm_form import ConfirmForm, keep_choices
from .contacts_act import PUT_BACK
from .content import content_of
from .file_form import ImportForm
from .importers import importer_of
from .mapping import service
from .mapping.page import MappingPage
from .plans import titles_of
from .undoing.act import ACT

STRUCK_OFF = {
    "Numéro d’élève": lambda child: child.pupil_number,
    "Nom": lambda child: child.last_name,
    "Prénom": lambda child: child.first_name,
    "Niveau": lambda child: child.get_grade_display(),
    "UAI": lambda child: child.school_id,
    "Collège": lambda child: child.school.name,
}
NOT_CONFIRMED = (
    "Cet import a déjà été lancé, ou n’est plus ce que vous avez lu, ou attend un autre agent que vous."
)


@admin.register(Import)
class ImportAdmin(ActsAdmin):
    """A file is brought, what it would do is read, then it is done, by tasks of the queue."""

    PERMISSION = "accounts.import_lists"

    list_display = ["created_at", "sort", "name", "stage", "owner", "told"]
    list_filter = ["sort", "stage"]
    list_select_related = ["owner"]
    form = ImportForm
    add_form_template = "admin/import_add.html"
    acts = (ACT, PUT_BACK)

    @admin.display(description="compte rendu")
    def told(self, job: Import) -> str:
        return str(job.report.get("told", ""))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.PERMISSION)

    def may(self, request: HttpRequest, act: Act, row: Any) -> bool:
        return super().may(request, act, row) and self.has_view_permission(request)

    has_add_permission = has_view_permission
    has_module_permission = has_view_permission

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        columns = path(
            "colonnes/<str:sort>/",
            self.admin_site.admin_view(self.headings),
            name="backoffice_import_headings",
        )
        struck_off = path(
            "<path:object_id>/desinscrits/",
            self.admin_site.admin_view(self.struck_off),
            name="backoffice_import_struck_off",
        )
        refused = path(
            "<path:object_id>/refuses/",
            self.admin_site.admin_view(self.refused),
            name="backoffice_import_refused",
        )
        related = path(
            "<path:object_id>/relier/",
            self.admin_site.admin_view(self.relate),
            name="backoffice_import_relate",
        )
        chosen = path(
            "<path:object_id>/choix/",
            self.admin_site.admin_view(self.choose),
            name="backoffice_import_choose",
        )
        return [columns, struck_off, refused, related, chosen, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Import]:
        """Without the files themselves, which the lists have no use for."""
        return super().get_queryset(request).defer("content", "refused_lines")

    def save_model(self, request: HttpRequest, obj: Import, form: forms.ModelForm, change: Any) -> None:
        file = form.cleaned_data["file"]
        obj.name, obj.content, obj.owner = file.name[:120], file.read(), cast(User, request.user)
        jobs.receive(obj)

    def response_add(self, request: HttpRequest, obj: Import, *args: Any) -> HttpResponse:
        return redirect(_page(obj))

    def headings(self, request: HttpRequest, sort: str) -> HttpResponseBase:
        """An empty file that has the columns."""
        if sort not in Sort or not self.has_add_permission(request):
            raise Http404
        return csv_download(dict.fromkeys(importer_of(sort).columns, str), [], sort)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        if object_id is None:
            sorts = [(sort, importer_of(sort)) for sort in Sort]
            return super().changeform_view(
                request, None, "", {"title": "Importer un fichier", "sorts": sorts}
            )
        return self._look(request, object_id)

    def _look(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """How far it is; or what it would do, and the button that lets it be done; or what it did."""
        job = self.get_object(request, object_id)
        if not self.has_view_permission(request) or job is None:
            raise Http404
        agent = cast(User, request.user)
        if "abandon" in request.POST:
            if not jobs.abandon(import_id=job.pk, actor=agent):
                messages.warning(request, "Cet import est déjà fait, ou ne s’arrête plus.")
            return redirect(_page(job))
        try:
            form = ConfirmForm(keep_choices(job, request.POST, agent) or None, subject=job)
            if form.is_valid():
                if not form.confirm(agent):
                    messages.warning(request, NOT_CONFIRMED)
                return redirect(_page(job))
        except Refusal as refusal:
            messages.warning(request, refusal.told())
            return redirect(f"{_page(job)}{line_page.address(request.POST)}")
        context = self.admin_site.each_context(request) | {
            "title": f"{job.get_sort_display()}\N{NO-BREAK SPACE}: {job.get_stage_display()}",
            "job": job,
            "adminform": in_fieldsets(form),
            "opts": self.opts,
            **page.context(job, request),
        }
        response = render(request, "admin/import.html", context)
        if job.is_waiting:
            # Its address is said: whoever came by « #lines » would else only be moved there again.
            response["Refresh"] = f"2; url={_page(job)}"
        return response

    def relate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Which columns of the file are which of ours; then it is read again."""
        job = self.get_object(request, object_id)
        if not self.has_view_permission(request) or job is None:
            raise Http404
        if not job.may_be_mapped:
            return redirect(_page(job))
        try:
            mapping = MappingPage(content_of(job), titles_of(importer_of(job.sort)), request)
        except NotReadable as refusal:
            messages.error(request, refusal.told())
            return redirect(_page(job))
        if mapping.form.is_valid():
            columns, agent = mapping.form.related(), cast(User, request.user)
            if not service.relate(import_id=job.pk, shape=mapping.chosen.shape, columns=columns, actor=agent):
                messages.warning(request, NOT_CONFIRMED)
            return redirect(_page(job))
        context = self.admin_site.each_context(request) | {
            "title": "Relier les colonnes",
            "row": job,
            "told": job.report.get("told", "") if job.stage == Stage.UNMAPPED else "",
            "opts": self.opts,
            **mapping.context(),
        }
        return render(request, "admin/columns.html", context)

    def choose(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Of the lines of a page that are like somebody, or of all that wait."""
        job = self.get_object(request, object_id)
        if not self.has_view_permission(request) or job is None:
            raise Http404
        if request.method == "POST":
            try:
                keep_choices(job, request.POST, cast(User, request.user))
            except Refusal as refusal:
                messages.warning(request, refusal.told())
        return redirect(f"{_page(job)}{line_page.address(line_page.going_to(request.POST))}")

    def refused(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """The lines that are not done, to be corrected and brought again: in the journal, as every export."""
        job = self.get_object(request, object_id)
        if not self.has_view_permission(request) or job is None or not job.refused_lines:
            raise Http404
        lines = len(job.refused_lines.splitlines()) - 1
        _record_export(request, job, f"refusés ({job.name})", "lignes refusées d’un import", lines)
        headers = {"Content-Disposition": f'attachment; filename="refuses-{job.pk}.csv"'}
        return HttpResponse(bytes(job.refused_lines), content_type="text/csv; charset=utf-8", headers=headers)

    def struck_off(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """All those whom it would strike off, or did, as a spreadsheet: in the journal, as every export."""
        job = self.get_object(request, object_id)
        if not self.has_view_permission(request) or job is None:
            raise Http404
        children = striking_off.of(job).select_related("school").order_by("school__name", "last_name", "pk")
        lines = children.count()
        _record_export(request, job, f"désinscrits ({job.name})", "désinscrits d’un import", lines)
        return csv_download(STRUCK_OFF, children.iterator(chunk_size=2_000), f"desinscrits-{job.pk}")


def _record_export(request: HttpRequest, job: Import, name: str, what: str, lines: int) -> None:
    """Names leave the administration: the journal says so."""
    audit.record(
        action=Action.EXPORTED,
        subject=job,
        name=name,
        reason=f"Export\N{NO-BREAK SPACE}: {what}",
        actor=cast(User, request.user),
        details=counted_in_french(lines, "ligne"),
    )


def _page(job: Import) -> str:
    return reverse("admin:backoffice_import_change", args=[job.pk])
