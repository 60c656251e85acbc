"""« Inviter les comptes jamais activés »: a first access for many at once, by e-mail or on paper."""

import datetime as dt
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from accounts import audit, services
from accounts.audit import Action
from accounts.models import User
from backoffice.acts.forms import in_fieldsets
from backoffice.acts.progress import progress
from backoffice.base.model_admin import BaseAdmin

from . import letters
from .form import AGAIN, NEW, InvitationForm, printed_series, series_to_print_again, sets_to_invite
from .handing_order import in_handing_order

PERMISSION = "accounts.import_lists"
PAGE = "admin:accounts_user_invitations"
TITLE = "Inviter les comptes jamais activés"
# Some seconds of work each.
MAILS, LETTERS = 500, 200

NBSP = "\N{NO-BREAK SPACE}"


class InvitationsAdmin(BaseAdmin):
    """A page beside the list of accounts."""

    change_list_template = "admin/with_invitations.html"

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "invitations/", self.admin_site.admin_view(self.invitations), name="accounts_user_invitations"
        )
        return [page, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may = {"may_invite": request.user.has_perm(PERMISSION)}
        return super().changelist_view(request, (extra_context or {}) | may)

    def invitations(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        agent = cast(User, request.user)
        by_mail = _form(request, "mail", sets_to_invite(by_mail=True))
        on_paper = _form(request, "lettre", sets_to_invite(by_mail=False) | series_to_print_again())
        if by_mail.is_valid():
            return self._mail(request, agent, by_mail)
        if on_paper.is_valid():
            if users := _make_letters(agent, on_paper):
                return letters.as_response(users)
            messages.warning(request, "Personne n’attend plus de lettre.")
        context = self.admin_site.each_context(request) | {
            "title": TITLE,
            "opts": self.opts,
            "by_mail": in_fieldsets(by_mail),
            "on_paper": in_fieldsets(on_paper),
            "at_once": LETTERS,
        }
        return render(request, "admin/invitations.html", context)

    def _mail(self, request: HttpRequest, agent: User, form: InvitationForm) -> HttpResponse:
        """The next batch, then how far it is."""
        again = form.cleaned_data["who"] == AGAIN
        with transaction.atomic():
            count = services.invite_by_mail(again=again, limit=MAILS)
            _record(agent, form, count, "e-mails")
        if left := services.to_invite(again=again, by_mail=True).count():
            what = "comptes à inviter" if left > 1 else "compte à inviter"
            return progress(request, self.admin_site, title=TITLE, form=form, left=left, of_what=what)
        messages.success(request, f"C’est fait{NBSP}: personne n’attend plus d’e-mail.")
        return redirect(PAGE)


def _form(request: HttpRequest, name: str, sets: dict[str, str]) -> InvitationForm:
    """Two forms are on the page: what was sent belongs to the one whose button was pressed."""
    sent = request.POST if f"{name}-reason" in request.POST else None
    return InvitationForm(sent, prefix=name, sets=sets)


def _make_letters(agent: User, form: InvitationForm) -> list[User]:
    """The accounts whose letters are to be printed, each with its code, as they are handed out."""
    who = form.cleaned_data["who"]
    if who in {NEW, AGAIN}:
        order = in_handing_order(services.to_invite(again=who == AGAIN, by_mail=False))[:LETTERS]
        with transaction.atomic():
            users = services.invite_by_letter(user_ids=order, again=who == AGAIN)
            _record(agent, form, len(users), "lettres")
    else:
        series = printed_series().filter(access_code_at=dt.datetime.fromisoformat(who))
        order, users = in_handing_order(series), list(series)
        _record(agent, form, len(users), "lettres, à nouveau")
    rank = {pk: number for number, pk in enumerate(order)}
    return sorted(users, key=lambda user: rank[user.pk])


def _record(agent: User, form: InvitationForm, count: int, what: str) -> None:
    """One line, if there was something to do."""
    if count:
        audit.record(
            action=Action.ACCESS_RESET,
            subject=None,
            name="Comptes jamais activés",
            reason=form.cleaned_data["reason"],
            actor=agent,
            details=f"{count} {what}",
        )
