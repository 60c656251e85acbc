"""Payments, what is held, corrections: each a list, and a page with its acts."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from backoffice.acts.pages import ActsAdmin
from backoffice.acts.payments import HOLD, PAYMENT
from backoffice.base.read_only import ReadOnly, ReadOnlyAdmin
from backoffice.base.rows import Rows
from core.money import euros
from payments.models import Correction, FileKind, Hold, Line, Outcome, Payment

from .debts import debts_page


def _partner_link(partner: Any, name: str = "") -> SafeString:
    address = reverse("admin:partners_partner_change", args=[partner.pk])
    return format_html('<a href="{}">{}</a>', address, name or partner)


class Told(admin.SimpleListFilter):
    title = "issue"
    parameter_name = "issue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("attendue", "attendue"), ("paid", "payé"), ("rejected", "rejeté"), ("returned", "revenu")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Payment]) -> QuerySet[Payment]:
        asked = self.value()
        if asked == "attendue":
            return queryset.filter(outcomes=None, batch__state="sent", released_at=None)
        return queryset.filter(outcomes__fate=asked) if asked else queryset


class OutcomeInline(ReadOnly, Rows):
    model = Outcome
    fields = readonly_fields = ("fate", "on", "reason", "mandat", "bordereau", "actor", "created_at")


class LineInline(ReadOnly, Rows):
    model = Line
    fields = readonly_fields = ("what", "in_euros", "released_at")

    @admin.display(description="quoi")
    def what(self, line: Line) -> str:
        return str(line)

    @admin.display(description="montant")
    def in_euros(self, line: Line) -> str:
        return euros(line.amount)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Line]:
        return super().get_queryset(request).select_related("ticket", "correction").order_by("pk")


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin, ActsAdmin):
    list_display = ("reference", "legal_name", "batch", "in_euros", "tickets", "told")
    list_select_related = ("batch",)
    list_filter = (Told,)
    linked_by = ("batch__number__exact", "partner__id__exact")
    search_fields = ("legal_name", "siret")
    search_help_text = "Organisme ou SIRET."
    summed = "amount"
    ordering = ("-pk",)
    fields = readonly_fields = (
        *("batch", "partner_page", "siret", "in_euros", "parts", "tickets", "on_account", "statement"),
        "released_at",
    )
    inlines = (OutcomeInline, LineInline)
    acts = PAYMENT

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payment]:
        return super().get_queryset(request).prefetch_related("outcomes")

    @admin.display(description="référence", ordering="pk")
    def reference(self, payment: Payment) -> str:
        return payment.reference

    @admin.display(description="organisme")
    def partner_page(self, payment: Payment) -> SafeString:
        return _partner_link(payment.partner, payment.legal_name)

    @admin.display(description="montant", ordering="amount")
    def in_euros(self, payment: Payment) -> str:
        return euros(payment.amount)

    @admin.display(description="dont")
    def parts(self, payment: Payment) -> str:
        return (
            f"Sport {euros(payment.sport)}, Culture {euros(payment.culture)}, "
            f"corrections {euros(payment.corrected)}"
        )

    @admin.display(description="compte", empty_value="–")
    def on_account(self, payment: Payment) -> str:
        if payment.account is None:
            return ""
        first = ", premier paiement sur ce compte" if payment.is_first_on_account else ""
        return f"{payment.account.masked}, {payment.account.holder}{first}"

    @admin.display(description="issue", empty_value="–")
    def told(self, payment: Payment) -> str:
        if payment.released_at:
            return "retiré"
        return ", ".join(str(outcome) for outcome in payment.outcomes.all())

    @admin.display(description="état récapitulatif", empty_value="–")
    def statement(self, payment: Payment) -> SafeString | str:
        file = payment.files.filter(kind=FileKind.STATEMENT).defer("sealed").first()
        if file is None:
            return ""
        address = reverse("admin:payments_batchfile_download", args=[file.pk])
        return format_html('<a href="{}">{}</a>', address, file.name)


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin, ActsAdmin):
    """What was held as a batch was prepared; most is mended elsewhere, and the next batch pays it."""

    list_display = ("partner", "anomaly", "detail", "in_euros", "tickets", "batch", "cleared_at")
    list_select_related = ("partner", "batch")
    list_filter = ("anomaly",)
    linked_by = ("batch__number__exact", "partner__id__exact")
    search_fields = ("partner__name",)
    search_help_text = "Organisme."
    summed = "amount"
    ordering = ("-batch", "partner__name", "pk")
    fields = readonly_fields = (
        *("batch", "partner_page", "anomaly", "detail", "in_euros", "tickets"),
        *("cleared_at", "cleared_by", "clear_reason"),
    )
    acts = HOLD

    @admin.display(description="organisme")
    def partner_page(self, hold: Hold) -> SafeString:
        return _partner_link(hold.partner)

    @admin.display(description="montant", ordering="amount")
    def in_euros(self, hold: Hold) -> str:
        return euros(hold.amount)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.view_batch")

    has_module_permission = has_view_permission


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """Written from the page of the organisme."""

    change_list_template = "admin/with_debts.html"
    list_display = ("created_at", "partner", "in_euros", "reason", "author", "second", "paid_in")
    list_display_links = None
    list_select_related = ("partner", "author", "second")
    linked_by = ("partner__id__exact",)
    search_fields = ("partner__name", "reason")
    search_help_text = "Organisme ou motif."
    ordering = ("-pk",)
    fields = readonly_fields = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        return super().get_queryset(request).prefetch_related("lines__payment__batch")

    @admin.display(description="montant", ordering="amount")
    def in_euros(self, correction: Correction) -> str:
        return euros(correction.amount)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(debts_page)
        return [path("dettes/", page, name="payments_correction_debts"), *super().get_urls()]

    @admin.display(description="lot", empty_value="attend")
    def paid_in(self, correction: Correction) -> str:
        living = (line for line in correction.lines.all() if line.released_at is None)
        return next((str(line.payment.batch) for line in living), "")
