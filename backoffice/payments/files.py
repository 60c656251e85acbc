"""The files of batches, as they were made."""

from typing import Any, cast

from django.contrib import admin
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from accounts.models import User
from backoffice.base.read_only import ReadOnlyAdmin
from payments import files
from payments.bank_accounts import reading
from payments.models import BatchFile

TYPES = {"csv": "text/csv", "pdf": "application/pdf", "xml": "application/xml", "zip": "application/zip"}


@admin.register(BatchFile)
class BatchFileAdmin(ReadOnlyAdmin):
    list_display = ("name", "batch", "kind", "size", "sha256", "created_at")
    list_display_links = None
    list_select_related = ("batch",)
    list_filter = ("kind",)
    linked_by = ("batch__number__exact",)
    fields = readonly_fields = list_display
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("sealed")

    def get_urls(self) -> list[URLPattern]:
        download = path(
            "<path:object_id>/telecharger/",
            self.admin_site.admin_view(self.download),
            name="payments_batchfile_download",
        )
        return [download, *super().get_urls()]

    @method_decorator(require_safe)
    def download(self, request: HttpRequest, object_id: str) -> StreamingHttpResponse:
        file = self.get_object(request, object_id)
        if file is None or not self.has_view_permission(request):
            raise Http404
        if request.method == "GET":
            reading.note_download(file=file, actor=cast(User, request.user))
        kind = TYPES.get(file.name.rpartition(".")[2], "application/octet-stream")
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
        return StreamingHttpResponse(files.pieces(file), content_type=kind, headers=headers)
