"""Batches: prepared on a page of their own, read and decided on theirs."""

import uuid
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from backoffice.acts.batches import ACTS, PREPARE
from backoffice.acts.forms import in_fieldsets
from backoffice.acts.pages import ActsAdmin, Button
from backoffice.base.kept_filter import kept
from backoffice.base.read_only import ReadOnlyAdmin
from backoffice.facts.batches import listed
from core.exceptions import Refusal
from core.formats import counted_in_french
from core.forms import DayField
from core.money import euros
from payments import approving, archives, calendar, files, preparing
from payments.models import Batch, BatchState

ROWS = (
    *("cut_off", "state", "total", "held", "made", "waits", "returned"),
    *("prepared_at", "prepared_by", "approved_at", "approved_by"),
    *("sent_at", "sent_by", "settled_at", "dropped_at", "dropped_by"),
)


class PrepareForm(forms.Form):
    cut_off = DayField(
        label="Dernier jour",
        help_text="Ce jour compris. Le calendrier propose celui-ci.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin, ActsAdmin):
    list_display = ("number", "cut_off", "state", "total", "prepared_at", "prepared_by", "approved_by")
    list_select_related = ("prepared_by", "approved_by")
    list_filter = ("state", kept(archives.due))
    readonly_fields = ROWS
    acts = ACTS

    def get_fields(self, request: HttpRequest, obj: Batch | None = None) -> Any:
        """What has not happened yet has no row."""
        return [name for name in ROWS if obj is None or _has_happened(obj, name)]

    def buttons(self, request: HttpRequest, row: Batch, *args: Any, **kwargs: Any) -> list[Button]:
        buttons = super().buttons(request, row, *args, **kwargs)
        if row.sent_at and request.user.has_perm(PREPARE):
            address = f"{reverse('admin:payments_returnfile_add')}?{urlencode({'lot': row.pk})}"
            return [Button("retour", "Importer le retour", address), *buttons]
        if row.prepared_by_id != request.user.pk:
            return buttons
        own = "vous l’avez préparé, un autre agent l’approuve"
        return [replace(button, idle=own) if button.name == "approuver" else button for button in buttons]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return request.user.has_perm(PREPARE)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """« Préparer un lot »: which uses it takes is one day; a task adds them up."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = {"cut_off": calendar.proposed(timezone.localdate())}
        form = PrepareForm(request.POST or None, initial=asked)
        if form.is_valid() and (batch := self._prepared(request, form)):
            messages.success(request, f"{batch} se prépare. Rechargez cette page dans un instant.")
            return redirect("admin:payments_batch_change", batch.pk)
        context = self.admin_site.each_context(request) | {
            "title": "Préparer un lot",
            "form": form,
            "adminform": in_fieldsets(form),
            "media": self.media + form.media,
            "opts": self.opts,
            "open": Batch.objects.unsent().first(),
        }
        return render(request, "admin/prepare_batch.html", context)

    def _prepared(self, request: HttpRequest, form: forms.Form) -> Batch | None:
        """None if it was refused: the form says why."""
        agent = cast(User, request.user)
        try:
            with transaction.atomic():
                is_new = not Batch.objects.filter(key=form.cleaned_data["key"]).exists()
                batch = preparing.ask(**form.cleaned_data, actor=agent)
                if is_new:
                    audit.record(
                        action=Action.BATCH_PREPARED,
                        subject=batch,
                        reason="",
                        actor=agent,
                        details=f"jusqu’au {batch.cut_off:%d/%m/%Y}",
                    )
        except Refusal as refusal:
            form.add_error(None, refusal.told())
            return None
        return batch

    @admin.display(description="retours")
    def returned(self, batch: Batch) -> SafeString:
        return format_html_join(
            ", ",
            '<a href="{}">{}</a> ({})',
            (
                (reverse("admin:payments_returnfile_change", args=[file.pk]), file, file.get_state_display())
                for file in batch.returns.order_by("pk")
            ),
        )

    @admin.display(description="paiements")
    def total(self, batch: Batch) -> SafeString:
        true = approving.totals(batch.pk)
        return format_html(
            '<a href="{}">{}</a>, {}, <b>{}</b>',
            listed("payment", batch__number__exact=batch.pk),
            counted_in_french(true.payments, "paiement"),
            counted_in_french(true.tickets, "ticket"),
            euros(true.amount),
        )

    @admin.display(description="retenus")
    def held(self, batch: Batch) -> SafeString | str:
        partners = batch.holds.filter(cleared_at=None).values("partner").distinct().count()
        if not partners:
            return "aucun organisme"
        words = counted_in_french(partners, "organisme")
        return format_html('<a href="{}">{}</a>', listed("hold", batch__number__exact=batch.pk), words)

    @admin.display(description="fichiers")
    def made(self, batch: Batch) -> SafeString | str:
        """Those of the whole batch; statements are each with their payment, and all in the ZIP."""
        links = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (reverse("admin:payments_batchfile_download", args=[file.pk]), file.get_kind_display())
                for file in batch.files.filter(payment=None).defer("sealed").order_by("pk")
            ),
        )
        made, expected = files.progress(batch.pk)
        if made == expected:
            return links
        return format_html("{} sur {} faits. {}", made, expected, links)

    @admin.display(description="sans issue connue")
    def waits(self, batch: Batch) -> str:
        return counted_in_french(approving.awaited(batch.pk), "paiement")


def _has_happened(batch: Batch, row: str) -> bool:
    """Whether a row of its page says something."""
    if row == "made":
        return batch.approved_at is not None
    if row == "waits":
        return batch.state == BatchState.SENT
    if row == "returned":
        return batch.returns.exists()
    return getattr(batch, row, row) is not None
