"""« Importer » above a list of the admin: a spreadsheet is brought, its plan is read, then it is done."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Protocol, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from ..exceptions import Refusal
from ..models import Action, Upload, User
from . import audit
from .acts import ReasonForm

PERMISSION = "accounts.import_lists"
# A file whose preview nobody followed up is not kept.
FORGOTTEN_AFTER = dt.timedelta(days=1)


class Plan(Protocol):
    """What a file would do, in the words of the journal."""

    @property
    def told(self) -> str: ...


class FileForm(forms.Form):
    file = forms.FileField(
        label="Fichier", help_text="CSV ou XLSX. Rien n’est écrit avant que vous l’ayez relu."
    )


class ImportAdmin(admin.ModelAdmin):
    """`plan` compares a file with what is there; `do_import` does it. Both may raise Refusal."""

    import_columns: Sequence[str] = ()
    import_required: Sequence[str] = ()
    plan: Callable[[bytes], Plan]
    do_import: Callable[[bytes], Plan]

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        view = self.admin_site.admin_view
        return [
            path("importer/", view(self.upload), name=name),
            path("importer/<int:upload_id>/", view(self.preview), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may = {"may_import": request.user.has_perm(PERMISSION)}
        return super().changelist_view(request, (extra_context or {}) | may)

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Keep the file, if it can be read, and go on to what it would do."""
        agent = self._agent(request)
        form = FileForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read()
            try:
                type(self).plan(content)
            except Refusal as refusal:
                form.add_error("file", refusal.sentence)
            else:
                Upload.objects.filter(created_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
                upload = Upload.objects.create(name=file.name[:120], content=content, owner=agent)
                return redirect(self._address("import_preview", upload.pk))
        columns = [(name, name in self.import_required) for name in self.import_columns]
        return self._render(request, "admin/import.html", {"form": form, "columns": columns})

    def preview(self, request: HttpRequest, upload_id: int) -> HttpResponse:
        """What the file would do to what is there now; « Importer » does it, and says so in the journal."""
        agent = self._agent(request)
        upload = get_object_or_404(Upload, pk=upload_id, owner=agent)
        form = ReasonForm(request.POST or None)
        content = bytes(upload.content)
        if form.is_valid():
            with transaction.atomic():
                # A double click: the second one finds that the file is gone.
                get_object_or_404(Upload.objects.select_for_update(of=("self",)), pk=upload_id)
                done = type(self).do_import(content)
                reason = form.cleaned_data["reason"]
                audit.record(
                    action=Action.FILE_IMPORTED, subject=upload, reason=reason, actor=agent, details=done.told
                )
                upload.delete()
            messages.success(request, f"C’est fait\N{NO-BREAK SPACE}: {done.told}.")
            return redirect(self._address("changelist"))
        context = {"form": form, "upload": upload, "plan": type(self).plan(content)}
        return self._render(request, "admin/import_preview.html", context)

    def _agent(self, request: HttpRequest) -> User:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return cast(User, request.user)

    def _address(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def _render(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        ours = {"title": f"Importer des {self.opts.verbose_name_plural}", "opts": self.opts}
        return render(request, template, self.admin_site.each_context(request) | ours | context)
