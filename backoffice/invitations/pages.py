"""« Inviter les comptes jamais activés »: a first access for many at once, by e-mail or on paper."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from accounts import invitations, letters, mail
from accounts.invitations import WHOLE, Choice
from accounts.models import User
from backoffice.acts.forms import in_fieldsets
from backoffice.base.model_admin import BaseAdmin
from core import prepared

from . import jobs
from .form import ChoiceForm, InvitationForm, in_words, sets_by_mail, sets_on_paper
from .jobs import PERMISSION

PAGE = "admin:accounts_user_invitations"
TITLE = "Inviter les comptes jamais activés"
NOBODY = "Personne n’attend d’invitation dans ce choix."
PATIENCE = "Plusieurs travaux sont déjà en préparation. Attendez-les."


class InvitationsAdmin(BaseAdmin):
    """A page beside the list of accounts."""

    change_list_template = "admin/with_invitations.html"

    def get_urls(self) -> list[URLPattern]:
        of = self.admin_site.admin_view
        return [
            path("invitations/", of(self.invitations), name="accounts_user_invitations"),
            path("invitations/exemple-e-mail/", of(self.sample_mail), name="accounts_user_sample_mail"),
            path("invitations/exemple-lettre/", of(self.sample_letter), name="accounts_user_sample_letter"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may = {"may_invite": request.user.has_perm(PERMISSION)}
        return super().changelist_view(request, (extra_context or {}) | may)

    def invitations(self, request: HttpRequest) -> HttpResponse:
        _check(request)
        narrowed = ChoiceForm(request.GET)
        context = self.admin_site.each_context(request) | {
            "title": TITLE,
            "opts": self.opts,
            "narrowed": narrowed,
            "query": request.GET.urlencode(),
        }
        if not narrowed.is_valid():
            return render(request, "admin/invitations.html", context)
        choice = narrowed.choice()
        counts = invitations.count(choice)
        by_mail = _form(request, "mail", sets_by_mail(counts))
        on_paper = _form(request, "lettre", sets_on_paper(counts, choice))
        for form, ask in ((by_mail, jobs.ask_for_mails), (on_paper, jobs.ask_for_letters)):
            if form.is_valid():
                return _ask(request, ask, form, choice)
        context |= {
            "counts": counts,
            "is_whole": choice == WHOLE,
            "words": in_words(choice),
            "by_mail": in_fieldsets(by_mail),
            "on_paper": in_fieldsets(on_paper),
        }
        return render(request, "admin/invitations.html", context)

    def sample_mail(self, request: HttpRequest) -> HttpResponse:
        """What the first of them will read."""
        user = _first(request, by_mail=True)
        if user is None:
            return _nobody(request)
        context = self.admin_site.each_context(request) | {
            "title": "Exemple d’invitation par e-mail",
            "opts": self.opts,
            "back": f"{reverse(PAGE)}?{request.GET.urlencode()}",
            "addressee": user,
            "message": mail.sample_of_activation(user),
        }
        return render(request, "admin/invitation_sample.html", context)

    def sample_letter(self, request: HttpRequest) -> HttpResponse:
        user = _first(request, by_mail=False)
        return letters.as_sample(user) if user else _nobody(request)


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _form(request: HttpRequest, name: str, sets: dict[str, str]) -> InvitationForm:
    """Two forms are on the page: what was sent belongs to the one whose button was pressed."""
    sent = request.POST if f"{name}-reason" in request.POST else None
    return InvitationForm(sent, prefix=name, sets=sets)


def _ask(request: HttpRequest, ask: Any, form: InvitationForm, choice: Choice) -> HttpResponse:
    """The page of what the worker then makes says how far it is."""
    try:
        file = ask(
            agent=cast(User, request.user),
            who=form.cleaned_data["who"],
            choice=choice,
            words=in_words(choice),
            reason=form.cleaned_data["reason"],
        )
    except prepared.TooMany:
        messages.warning(request, PATIENCE)
        return redirect("admin:core_preparedfile_changelist")
    return redirect("admin:core_preparedfile_change", file.pk)


def _first(request: HttpRequest, *, by_mail: bool) -> User | None:
    """Of the choice, somebody never invited before somebody who was."""
    _check(request)
    narrowed = ChoiceForm(request.GET)
    if not narrowed.is_valid():
        return None
    for again in (False, True):
        waiting = invitations.to_invite(again=again, by_mail=by_mail, choice=narrowed.choice())
        if first := waiting.order_by("pk").first():
            return first
    return None


def _nobody(request: HttpRequest) -> HttpResponse:
    messages.warning(request, NOBODY)
    return redirect(f"{reverse(PAGE)}?{request.GET.urlencode()}")
