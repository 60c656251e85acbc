"""« Exporter » above a list of the admin: what the list shows, filtered as it is, as a spreadsheet."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from core.model_admin import BaseAdmin

from .spreadsheets import Columns, as_csv, as_xlsx

PERMISSION = "accounts.export_lists"
AT_ONCE = 2_000


def csv_download(columns: Columns, rows: Iterable[Any], name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(
        as_csv(columns, rows), content_type="text/csv; charset=utf-8", headers=headers
    )


class ExportAdmin(BaseAdmin):
    """`columns` says what is exported of each row, `export_name` how the file is called."""

    columns: Columns = {}
    export_name = ""
    export_related: tuple[str, ...] = ()
    export_prefetched: tuple[str, ...] = ()
    change_list_template = "admin/with_spreadsheets.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        export = path("exporter/<str:kind>/", self.admin_site.admin_view(self.export), name=name)
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        if not self.has_view_permission(request) or not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        rows = rows.select_related(*self.export_related).prefetch_related(*self.export_prefetched)
        found = rows.iterator(chunk_size=AT_ONCE)
        name = f"{self.export_name}-{timezone.localdate():%Y-%m-%d}"
        if kind == "csv":
            return csv_download(self.columns, found, name)
        if kind == "xlsx":
            return FileResponse(as_xlsx(self.columns, found), as_attachment=True, filename=f"{name}.xlsx")
        raise Http404
