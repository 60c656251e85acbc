"""A family on one page: who calls about a child is answered from here."""

from typing import Any, cast

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from accounts.models import Beneficiary, User
from backoffice.acts.pages import ActsAdmin
from tickets.models import Ticket

from .address import NAME, family_page
from .reading import Family
from .rows import rows, wallets_of


class FamilyAdmin(ActsAdmin):
    """Beside the form of a child, which is for changing it."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_safe(self.family))
        return [path("<path:object_id>/famille/", page, name=NAME), *super().get_urls()]

    def page_of(self, row: Any) -> str:
        return family_page(row.pk)

    def family(self, request: HttpRequest, object_id: str) -> HttpResponse:
        child: Beneficiary | None = self.get_object(request, unquote(object_id))
        if child is None:
            # As the form of a row that is not there.
            return self.change_view(request, object_id)
        if not self.has_view_permission(request, child):
            raise PermissionDenied
        if child.merged_into_id:
            return redirect(family_page(child.merged_into_id))
        self._site.record_reading(request, child)
        family, user = Family(child), cast(User, request.user)
        context = self.admin_site.each_context(request) | {
            "title": child.full_name,
            "opts": self.opts,
            "child": child,
            "family": family,
            "buttons": self.buttons(request, child),
            "may_change": self.has_change_permission(request, child),
            "wallets": list(wallets_of(self.admin_site, request, family)),
            "tickets": list(rows(self.admin_site, request, Ticket, family.tickets)),
            "accounts": list(rows(self.admin_site, request, User, family.accounts)),
            "journal": family.journal(),
            "in_full": user.has_perm("accounts.view_auditentry"),
            "mails": family.mails() if user.has_perm("core.view_outgoingmail") else None,
        }
        return render(request, "admin/family.html", context)
