"""« Fichiers préparés »: each agent's own exports, until they are taken or a day is over."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
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
        return request.user.has_perm(PERMISSION)

    has_module_permission = has_view_permission

    def get_queryset(self, request: HttpRequest) -> QuerySet[PreparedFile]:
        """Nobody else's, whoever asks."""
        return super().get_queryset(request).filter(owner=request.user.pk)

    def get_urls(self) -> list[URLPattern]:
        take = self.admin_site.admin_view(self.take)
        return [
            path("<path:object_id>/telecharger/", take, name="core_preparedfile_take"),
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

    def take(self, request: HttpRequest, object_id: str) -> StreamingHttpResponse:
        file = self._own(request, object_id)
        if not file.is_ready:
            raise Http404
        stem, _, kind = file.name.rpartition(".")
        name = f'attachment; filename="{slugify(stem)}.{kind}"'
        return StreamingHttpResponse(
            prepared.read(file), content_type=file.content_type, headers={"Content-Disposition": name}
        )
