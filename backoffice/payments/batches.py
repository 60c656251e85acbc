"""Batches: prepared on a page of their own, read and decided on theirs."""

import uuid
from typing import Any, cast

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
from backoffice.acts.pages import ActsAdmin
from backoffice.base.read_only import ReadOnlyAdmin
from backoffice.facts.batches import listed
from core.exceptions import Refusal
from core.forms import DayField
from core.money import euros
from payments import approving, calendar, files, preparing
from payments.models import Batch, BatchState


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
    list_filter = ("state",)
    fields = readonly_fields = (
        *("cut_off", "state", "total", "held", "made", "waits"),
        *("prepared_at", "prepared_by", "approved_at", "approved_by"),
        *("sent_at", "sent_by", "settled_at", "dropped_at", "dropped_by"),
    )
    acts = ACTS

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

    @admin.display(description="paiements")
    def total(self, batch: Batch) -> SafeString:
        true = approving.totals(batch.pk)
        return format_html(
            '<a href="{}">{}</a>, {} tickets, <b>{}</b>',
            listed("payment", batch__number__exact=batch.pk),
            f"{true.payments} paiement{'s' if true.payments > 1 else ''}",
            true.tickets,
            euros(true.amount),
        )

    @admin.display(description="retenus", empty_value="–")
    def held(self, batch: Batch) -> SafeString | str:
        partners = batch.holds.filter(cleared_at=None).values("partner").distinct().count()
        if not partners:
            return ""
        words = f"{partners} organisme{'s' if partners > 1 else ''}"
        return format_html('<a href="{}">{}</a>', listed("hold", batch__number__exact=batch.pk), words)

    @admin.display(description="fichiers", empty_value="–")
    def made(self, batch: Batch) -> SafeString | str:
        """Those of the whole batch; statements are each with their payment, and all in the ZIP."""
        links = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (reverse("admin:payments_batchfile_download", args=[file.pk]), file.get_kind_display())
                for file in batch.files.filter(payment=None).defer("content").order_by("pk")
            ),
        )
        made, expected = files.progress(batch.pk)
        if batch.approved_at is None or made == expected:
            return links
        return format_html("{} sur {} faits. {}", made, expected, links)

    @admin.display(description="sans issue connue", empty_value="–")
    def waits(self, batch: Batch) -> str:
        return str(approving.awaited(batch.pk)) if batch.state == BatchState.SENT else ""
