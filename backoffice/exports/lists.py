"""« Exporter » above a list of the admin: what the list shows, filtered as it is, as a spreadsheet.

The page only asks for it: a task writes the file, which waits a day for who asked.
"""

from array import array
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, cast

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseNotAllowed,
    QueryDict,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django_tasks import TaskContext, task

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from backoffice.base.model_admin import BaseAdmin
from core import prepared
from core.formats import counted_in_french
from core.models import PreparedFile
from core.spreadsheets import KINDS, MOST_ROWS, Columns, as_csv, as_xlsx
from core.tasks import Priority, Queue

PERMISSION = "accounts.export_lists"
AT_ONCE = 2_000
WHOLE_LIST = "toute la liste"


def csv_download(columns: Columns, rows: Iterable[Any], name: str) -> StreamingHttpResponse:
    """Of a few rows, at once."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(as_csv(columns, rows), content_type=KINDS["csv"], headers=headers)


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

    def may_export(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and request.user.has_perm(PERMISSION)

    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """Let it be made, and go where it will be."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.may_export(request):
            raise PermissionDenied
        if kind not in KINDS:
            raise Http404
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        try:
            self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(page)
        query = _filters(request.GET)
        try:
            file = prepared.ask(
                owner_id=cast(User, request.user).pk,
                name=f"{self.export_name}-{timezone.localdate():%Y-%m-%d}.{kind}",
                about=_in_words(query),
                content_type=KINDS[kind],
                task=write_export,
                model=self.opts.label_lower,
                kind=kind,
                query=query,
            )
        except prepared.TooMany:
            messages.warning(request, "Plusieurs fichiers sont déjà en préparation. Attendez-les.")
            return redirect("admin:core_preparedfile_changelist")
        return redirect("admin:core_preparedfile_change", file.pk)

    def listed(self, request: HttpRequest) -> "array[int]":
        """The keys of what the list shows, in its order: eight bytes each, however many they are."""
        rows = self.get_changelist_instance(request).get_queryset(request)
        return array("q", rows.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE))

    def exported(self, request: HttpRequest, keys: "array[int]", tell: prepared.Progress) -> Iterator[Any]:
        """The rows themselves, so many at a time, each time by a short question."""
        rows = self.get_queryset(request).order_by().select_related(*self.export_related)
        rows = rows.prefetch_related(*self.export_prefetched)
        for start in range(0, len(keys), AT_ONCE):
            tell(start, len(keys))
            some = keys[start : start + AT_ONCE]
            found = {row.pk: row for row in rows.filter(pk__in=some.tolist())}
            # What was deleted meanwhile is not there.
            yield from (found[key] for key in some if key in found)
        tell(len(keys), len(keys))


def _filters(asked: QueryDict) -> str:
    """What the list was asked, without the page of it that was looked at."""
    kept = asked.copy()
    kept.pop("p", None)
    return kept.urlencode()


def _in_words(query: str) -> str:
    asked = ", ".join(f"{name} = {value}" for name, value in QueryDict(query).items())
    return asked[:300] or WHOLE_LIST


@task(queue_name=Queue.FILES, priority=Priority.FILE, takes_context=True)
def write_export(context: TaskContext, *, file_id: int) -> None:
    file = PreparedFile.objects.select_related("owner").filter(pk=file_id).first()
    if file is None:
        return
    request = HttpRequest()
    request.method, request.user, request.GET = "GET", file.owner, QueryDict(file.asked["query"])
    model = file.asked["model"]
    prepared.write(
        context,
        file_id=file_id,
        content=partial(_content, request, model, file.asked["kind"]),
        once_ready=partial(_note, model),
    )


def _content(request: HttpRequest, model: str, kind: str, tell: prepared.Progress) -> Iterator[bytes]:
    list_of = _admin_of(model)
    if not (request.user.is_active and list_of.may_export(request)):
        raise prepared.Stopped("Vous n’avez plus le droit d’exporter cette liste.")
    keys = list_of.listed(request)
    if kind == "xlsx" and len(keys) > MOST_ROWS:
        raise prepared.Stopped(
            f"Un tableur XLSX a {MOST_ROWS} lignes au plus, et la liste {len(keys)}. "
            "Filtrez-la, ou prenez le CSV."
        )
    rows = list_of.exported(request, keys, tell)
    if kind == "xlsx":
        return as_xlsx(list_of.columns, rows)
    return (line.encode() for line in as_csv(list_of.columns, rows))


def _admin_of(model: str) -> ExportAdmin:
    return cast(ExportAdmin, admin.site.get_model_admin(apps.get_model(model)))


def _note(model: str, file: PreparedFile) -> None:
    """In the journal, with whoever asked: names have left the administration."""
    name = _admin_of(model).opts.verbose_name_plural
    audit.record(
        action=Action.EXPORTED,
        subject=None,
        name=f"{name} ({file.name})",
        reason=f"Export\N{NO-BREAK SPACE}: {file.about}"[:300],
        actor=file.owner,
        details=counted_in_french(file.rows, "ligne"),
    )
