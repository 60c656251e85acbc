"""A family on one page: who calls about a child is answered from here."""

from contextlib import suppress
from typing import Any, cast

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from accounts.models import User
from backoffice.acts.pages import ActsAdmin
from backoffice.acts.proposals import Living
from backoffice.base.change_list import StrictChangeList
from backoffice.journal.filters import page_of
from tickets.models import Ticket

from .address import NAME, family_page
from .reading import Family, with_places
from .rows import rows, wallets_of


class FamilyList(StrictChangeList):
    """Each row leads to the page of its family."""

    def url_for_result(self, result: Any) -> str:
        return family_page(result.pk)


class FamilyAdmin(ActsAdmin):
    """Beside the form of a child, which is for changing it."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[StrictChangeList]:
        return FamilyList

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_safe(self.family))
        return [path("<path:object_id>/famille/", page, name=NAME), *super().get_urls()]

    def page_of(self, row: Any) -> str:
        return family_page(row.pk)

    def family(self, request: HttpRequest, object_id: str) -> HttpResponse:
        child = self._child(request, unquote(object_id))
        if child is None:
            # As the form of a row that is not there.
            return self.change_view(request, object_id)
        if not self.has_view_permission(request, child):
            raise PermissionDenied
        if child.merged_into_id:
            return redirect(family_page(child.merged_into_id))
        self._site.record_reading(request, child)
        family, user = Family(child), cast(User, request.user)
        living = Living(family.rows)
        context = self.admin_site.each_context(request) | {
            "title": child.full_name,
            "opts": self.opts,
            "child": child,
            "family": family,
            "buttons": self.buttons(request, child, living),
            "may_change": self.has_change_permission(request, child),
            "wallets": list(wallets_of(self.admin_site, request, family, living)),
            "tickets": list(rows(self.admin_site, request, Ticket, family.tickets, living)),
            "accounts": list(rows(self.admin_site, request, User, family.accounts, living)),
            "journal": [(line, page_of(line)) for line in family.journal()],
            "in_full": user.has_perm("accounts.view_auditentry"),
            "mails": family.mails() if user.has_perm("core.view_outgoingmail") else None,
        }
        return render(request, "admin/family.html", context)

    def _child(self, request: HttpRequest, key: str) -> Any:
        with suppress(ValueError, ValidationError):
            return with_places(self.get_queryset(request)).select_related("user").filter(pk=key).first()
        return None
