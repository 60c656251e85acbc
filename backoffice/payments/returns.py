"""Returns of the finance service: a file is brought, what it would tell is read, then a task tells it."""

from dataclasses import replace
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from backoffice.acts.batches import PREPARE
from backoffice.acts.forms import in_fieldsets
from backoffice.base.read_only import ReadOnlyAdmin
from backoffice.imports.mapping import kept
from backoffice.imports.mapping.page import MappingPage
from backoffice.models import RETURNS
from core.exceptions import Refusal
from core.formats import counted_in_french
from core.money import NBSP
from core.spreadsheet_files.headings import Titles
from core.spreadsheets import KINDS
from payments.models import MAPPABLE_STATES, Batch, ReturnFile, ReturnState, Verdict
from payments.returns import confirming, receiving, refused_lines, totals
from payments.returns.exceptions import CountDiffers
from payments.returns.titles import TITLES

from . import return_page


class BringForm(forms.Form):
    batch = forms.ModelChoiceField(Batch.objects.filter(sent_at__isnull=False), label="Lot", empty_label=None)
    file = forms.FileField(
        label="Fichier",
        help_text=f"CSV, XLSX, XLS ou ODS, 1{NBSP}Mo au plus. Rien n’est écrit avant que vous l’ayez relu.",
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > receiving.LARGEST:
            raise ValidationError(f"Ce fichier dépasse 1{NBSP}Mo{NBSP}: ce n’est pas le retour d’un lot.")
        return file


class ConfirmForm(forms.Form):
    count = forms.IntegerField(label="Pour confirmer, le nombre de paiements à dire", min_value=1)


@admin.register(ReturnFile)
class ReturnFileAdmin(ReadOnlyAdmin):
    list_display = ("name", "batch", "state", "received_at", "owner", "confirmed_by")
    list_select_related = ("batch", "owner", "confirmed_by")
    list_filter = ("state",)
    linked_by = ("batch__number__exact",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReturnFile]:
        """Without the files themselves."""
        return super().get_queryset(request).defer("sealed")

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return request.user.has_perm(PREPARE)

    def get_urls(self) -> list[URLPattern]:
        refused = path(
            "<path:object_id>/refuses/",
            self.admin_site.admin_view(self.refused),
            name="payments_returnfile_refused",
        )
        related = path(
            "<path:object_id>/relier/",
            self.admin_site.admin_view(self.relate),
            name="payments_returnfile_relate",
        )
        return [refused, related, *super().get_urls()]

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BringForm(
            request.POST or None, request.FILES or None, initial={"batch": request.GET.get("lot")}
        )
        if form.is_valid() and (file := self._received(request, form)):
            unknown = file.state == ReturnState.UNMAPPED
            return redirect(_page(file, "relate" if unknown else "change"))
        context = self.admin_site.each_context(request) | {
            "title": "Importer le retour",
            "form": form,
            "adminform": in_fieldsets(form),
            "media": self.media + form.media,
            "opts": self.opts,
            "titles": TITLES,
        }
        return render(request, "admin/return_add.html", context)

    def _received(self, request: HttpRequest, form: BringForm) -> ReturnFile | None:
        """None if it was refused: the form says why."""
        file = form.cleaned_data["file"]
        try:
            return receiving.receive(
                batch_id=form.cleaned_data["batch"].pk,
                name=file.name,
                content=file.read(),
                actor=cast(User, request.user),
                titles=_titles(),
            )
        except Refusal as refusal:
            form.add_error("file", refusal.told())
            return None

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        """What it would tell, and the button that lets it be told; how far it is; or what it told."""
        file = self._seen(request, object_id)
        form = ConfirmForm(request.POST or None)
        if request.method == "POST":
            if not self.has_add_permission(request):
                raise PermissionDenied
            if form.is_valid() and self._confirmed(request, file, form):
                return redirect(_page(file))
        context = self.admin_site.each_context(request) | {
            "title": f"Retour du {str(file.batch).lower()}{NBSP}: {file.get_state_display()}",
            "file": file,
            "form": form,
            "adminform": in_fieldsets(form),
            "opts": self.opts,
            "may_confirm": self.has_add_permission(request),
            "may_relate": file.state in MAPPABLE_STATES,
            **return_page.context(file, request.GET),
        }
        response = render(request, "admin/return.html", context)
        if file.state == ReturnState.CONFIRMED:
            response["Refresh"] = f"2; url={_page(file)}"
        return response

    def _confirmed(self, request: HttpRequest, file: ReturnFile, form: ConfirmForm) -> bool:
        """False where the number is not the right one: the form says so."""
        agent = cast(User, request.user)
        try:
            confirming.look_again(file_id=file.pk)
            with transaction.atomic():
                confirming.confirm(file_id=file.pk, count=form.cleaned_data["count"], actor=agent)
                audit.record(
                    action=Action.FILE_IMPORTED,
                    subject=file.batch,
                    reason="Retour du service des finances",
                    actor=agent,
                    details=f"{file.name}{NBSP}: {return_page.told(file)}",
                )
        except CountDiffers as refusal:
            form.add_error("count", refusal.told())
            return False
        except Refusal as refusal:
            messages.warning(request, refusal.told())
        return True

    def relate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Which columns of the file are which of ours; then it is read with them, and every one like it."""
        file = self._seen(request, object_id)
        if not self.has_add_permission(request):
            raise PermissionDenied
        if file.state not in MAPPABLE_STATES:
            return redirect(_page(file))
        try:
            mapping = MappingPage(receiving.content_of(file), _titles(), request)
            if mapping.form.is_valid():
                return redirect(_page(self._related(file, mapping, cast(User, request.user))))
        except Refusal as refusal:
            messages.warning(request, refusal.told())
            return redirect(_page(file))
        context = self.admin_site.each_context(request) | {
            "title": "Relier les colonnes",
            "row": file,
            "told": " ".join(file.told) if file.state == ReturnState.UNMAPPED else "",
            "opts": self.opts,
            **mapping.context(),
        }
        return render(request, "admin/columns.html", context)

    @transaction.atomic
    def _related(self, file: ReturnFile, mapping: MappingPage, agent: User) -> ReturnFile:
        """What is read of it with these columns, in the place of what was read before."""
        columns = mapping.form.related()
        kept.keep(sort=RETURNS, shape=mapping.chosen.shape, columns=columns, subject=file.batch, actor=agent)
        return receiving.receive_again(file_id=file.pk, titles=_titles(), actor=agent)

    @method_decorator(require_safe)
    def refused(self, request: HttpRequest, object_id: str) -> StreamingHttpResponse:
        """Names and sums leave the administration: the journal says so."""
        file = self._seen(request, object_id)
        lines = totals.counts(file)[Verdict.REFUSED]
        audit.record(
            action=Action.EXPORTED,
            subject=file.batch,
            name=f"refusés ({file.name})",
            reason=f"Export{NBSP}: lignes refusées d’un retour",
            actor=cast(User, request.user),
            details=counted_in_french(lines, "ligne"),
        )
        headers = {"Content-Disposition": f'attachment; filename="retour-refuses-{file.pk}.csv"'}
        return StreamingHttpResponse(refused_lines.as_file(file), content_type=KINDS["csv"], headers=headers)

    def _seen(self, request: HttpRequest, object_id: str | None) -> ReturnFile:
        file: ReturnFile | None = self.get_object(request, object_id or "")
        if file is None or not self.has_view_permission(request):
            raise Http404
        return file


def _titles() -> Titles:
    """Ours, and what agents said of files with others."""
    return replace(TITLES, kept=kept.kept_for(RETURNS))


def _page(file: ReturnFile, name: str = "change") -> str:
    return reverse(f"admin:payments_returnfile_{name}", args=[file.pk])
