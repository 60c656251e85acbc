"""Bank accounts of organismes: checked, confirmed, frozen; and who read a whole IBAN."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from accounts.models import User
from backoffice.acts.bank_accounts import ACTS
from backoffice.acts.forms import ReasonForm, in_fieldsets
from backoffice.acts.pages import ActsAdmin, Button
from backoffice.base.read_only import ReadOnlyAdmin
from backoffice.facts import bank_accounts as about
from payments.bank_accounts import reading
from payments.models import AccountReading, BankAccount

READ = "lire-l-iban"
READ_PAGE = f"payments_bankaccount_{READ}"


@admin.register(BankAccount)
class BankAccountAdmin(ReadOnlyAdmin, ActsAdmin):
    list_display = ("partner", "masked", "holder", "state", "asked_at", "active_from")
    list_select_related = ("partner",)
    list_filter = ("state",)
    search_fields = ("partner__name", "holder")
    fields = readonly_fields = (
        *("partner", "masked", "holder", "bic", "state", "watch", "asked_by", "asked_at"),
        *("called_number", "called_person", "called_by", "called_at", "foreign_reason", "sharing_reason"),
        *("confirmed_by", "confirmed_at", "active_from", "stopped_by", "stopped_at", "stop_reason"),
    )
    acts = ACTS

    @admin.display(description="compte")
    def masked(self, account: BankAccount) -> str:
        return account.masked

    @admin.display(description="à regarder", empty_value="rien")
    def watch(self, account: BankAccount) -> str:
        lines = ((words,) for words in about.warnings(account))
        return format_html_join(mark_safe("<br>"), '<span class="errornote">{}</span>', lines)

    def heading(self, row: BankAccount) -> str:
        return about.name(row)

    def buttons(self, request: HttpRequest, row: Any, *args: Any, **options: Any) -> list[Button]:
        found = super().buttons(request, row, *args, **options)
        if row.sealed_iban and request.user.has_perm("payments.read_iban"):
            found.append(Button(READ, "Lire l’IBAN entier", reverse(f"admin:{READ_PAGE}", args=[row.pk])))
        return found

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.read_iban)
        return [path(f"<path:object_id>/{READ}/", page, name=READ_PAGE), *super().get_urls()]

    def read_iban(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Shown in the answer to the form that says why: no page that is opened again reads it anew."""
        account = self.get_object(request, object_id)
        if account is None or not account.sealed_iban:
            raise Http404
        if not request.user.has_perm("payments.read_iban"):
            raise PermissionDenied
        form, iban = ReasonForm(request.POST or None), ""
        if form.is_valid():
            where = f"Administration – {form.cleaned_data['reason']}"[:120]
            iban = reading.whole(account_id=account.pk, where=where, actor=cast(User, request.user))
        context = self.admin_site.each_context(request) | {
            "title": "Lire l’IBAN entier",
            "about": about.about(account),
            "iban": iban,
            "adminform": in_fieldsets(form),
            "form": form,
            "media": self.media,
            "opts": self.opts,
            "original": about.name(account),
            "page": self.page_of(account),
        }
        return render(request, "admin/iban.html", context)


@admin.register(AccountReading)
class AccountReadingAdmin(ReadOnlyAdmin):
    list_display = ("read_at", "partner", "what", "actor", "where")
    list_display_links = None
    list_select_related = ("account__partner", "file", "actor")
    fields = readonly_fields = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccountReading]:
        return super().get_queryset(request).defer("file__sealed")

    @admin.display(description="organisme", empty_value="tous ceux du lot")
    def partner(self, row: AccountReading) -> str:
        return row.account.partner.name if row.account else ""

    @admin.display(description="lu")
    def what(self, row: AccountReading) -> str:
        return str(row.account or row.file)
