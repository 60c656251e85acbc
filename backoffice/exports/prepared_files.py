"""« Fichiers préparés »: each agent’s own exports, until they are taken or a day is over."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.text import slugify

from backoffice.base.read_only import ReadOnlyAdmin
from core import prepared
from core.models import PreparedFile

from .lists import PERMISSION


@admin.register(PreparedFile)
class PreparedFileAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "name", "about", "stage")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PERMISSION) or request.user.has_perm("accounts.import_lists")

    has_module_permission = has_view_permission

    def get_queryset(self, request: HttpRequest) -> QuerySet[PreparedFile]:
        """Nobody else's, whoever asks."""
        return super().get_queryset(request).filter(owner=request.user.pk)

    def get_urls(self) -> list[URLPattern]:
        take = self.admin_site.admin_view(self.take)
        stop = self.admin_site.admin_view(self.stop)
        return [
            path("<path:object_id>/telecharger/", take, name="core_preparedfile_take"),
            path("<path:object_id>/arreter/", stop, name="core_preparedfile_stop"),
            *super().get_urls(),
        ]

    def _own(self, request: HttpRequest, object_id: str) -> PreparedFile:
        file: PreparedFile | None = self.get_object(request, object_id)
        if file is None or not self.has_view_permission(request):
            raise Http404
        return file

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """How far it is, then « Télécharger »."""
        file = self._own(request, object_id)
        context = self.admin_site.each_context(request) | {
            "title": f"{file.name}\N{NO-BREAK SPACE}: {file.get_stage_display()}",
            "file": file,
            "opts": self.opts,
        }
        response = render(request, "admin/prepared_file.html", context)
        if file.is_unfinished:
            response["Refresh"] = "2"
        return response

    def stop(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        file = self._own(request, object_id)
        if not prepared.stop(file_id=file.pk):
            messages.warning(request, "Trop tard\N{NO-BREAK SPACE}: il n’y a plus rien à arrêter.")
        return redirect("admin:core_preparedfile_change", file.pk)

    def take(self, request: HttpRequest, object_id: str) -> StreamingHttpResponse:
        file = self._own(request, object_id)
        if not file.is_ready:
            raise Http404
        stem, _, kind = file.name.rpartition(".")
        name = f'attachment; filename="{slugify(stem)}.{kind}"'
        return StreamingHttpResponse(
            prepared.read(file), content_type=file.content_type, headers={"Content-Disposition": name}
        )
