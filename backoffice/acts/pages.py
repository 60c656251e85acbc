"""The pages of the acts: what it is about, why it is done, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from accounts import audit, second_factor
from accounts.access import SignedInRequest
from accounts.audit import Action
from accounts.models import User
from accounts.second_factor_form import device_of
from backoffice.base.model_admin import BaseAdmin
from core.exceptions import Refusal

from . import proposal_refusals, proposals
from .act import Act, AlreadyDone, LongAct, facts_of, seal, weighed
from .forms import ReasonForm, in_fieldsets
from .proposal_pages import ProposalPage


@dataclass(frozen=True)
class Button:
    """An act as a page offers it: where it is, or why it has nothing to do today."""

    name: str
    label: str
    address: str
    idle: str = ""
    # Nothing brings back what it does: it looks so.
    is_final: bool = False


class ActsAdmin(BaseAdmin):
    """An admin whose rows have acts: a button each on the row's page, for those who may."""

    acts: Sequence[Act] = ()
    change_form_template = "admin/with_acts.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = [
            path(
                f"<path:object_id>/{act.name}/",
                self.admin_site.admin_view(partial(self._act_view, act=act)),
                name=f"{name}_{act.name}",
            )
            for act in self.acts
        ]
        return [*pages, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        told: dict[str, Any] = {"buttons": self.buttons(request, row) if row else []}
        if row:
            told["heading"] = self.heading(row)
        return super().render_change_form(request, context | told, *args, **kwargs)

    def heading(self, row: Any) -> str:
        """What its page is called."""
        return str(row)

    def buttons(
        self, request: HttpRequest, row: Any, living: proposals.Living | None = None, *, final: bool = True
    ) -> list[Button]:
        """What this agent may do to this row, with what nothing brings back or without.

        `living`: of the rows of a page, where it shows several.
        """
        living = living or proposals.Living([row])
        page = f"admin:{self.opts.app_label}_{self.opts.model_name}_"
        return [
            Button(
                act.name,
                act.label,
                reverse(f"{page}{act.name}", args=[row.pk]),
                _why_idle(act, row, living),
                act.is_final,
            )
            for act in self.acts
            if (final or not act.is_final) and self.may(request, act, row) and act.applies(row)
        ]

    def page_of(self, row: Any) -> str:
        """Where an agent comes from to the page of an act, and goes back to."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    def may(self, request: HttpRequest, act: Act, row: Any) -> bool:
        """Whether this agent may do it to this row."""
        return request.user.has_perm(act.permission)

    def _act_view(self, request: HttpRequest, object_id: str, act: Act) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.may(request, act, row):
            raise PermissionDenied
        # Its page tells as much of a family as the row's own.
        self._site.record_reading(request, row)
        page = self.page_of(row)
        if proposal := proposals.living(act, row):
            return ProposalPage(self.admin_site, self.opts, request, act, row, proposal, page).answer()
        if refusal := _why_not(request, act, row):
            messages.warning(request, refusal)
            return redirect(page)
        form = act.form(request.POST or None, subject=row)
        was_read = form.is_valid() and self._was_read(request, row, act, form)
        was_read = was_read and _is_sure(request, act, form)
        if was_read and (isinstance(act, LongAct) or act.needs_second(row, form.cleaned_data)):
            return self._propose(request, row, act, form)
        details = self._done(request, row, act, form) if was_read else None
        if details is None:
            return self._ask(request, row, act, form, page)
        if act.document:
            return act.document(row)
        message = f"{act.action.label}, {details}" if details else act.action.label
        messages.success(request, f"C’est fait\N{NO-BREAK SPACE}: {message}.")
        return redirect(page)

    def _was_read(self, request: HttpRequest, row: Model, act: Act, form: ReasonForm) -> bool:
        """Whether what the page told is what would be done now."""
        return not act.weighs or request.POST.get("seen") == seal(facts_of(act, row, form.cleaned_data))

    def _ask(self, request: HttpRequest, row: Model, act: Act, form: ReasonForm, page: str) -> HttpResponse:
        cleaned = form.cleaned_data if form.is_bound and form.is_valid() else None
        about = weighed(act, row, cleaned)
        read_again = cleaned is not None and act.weighs is not None
        left = act.left(row) if isinstance(act, LongAct) else None
        takes_two = isinstance(act, LongAct) or (cleaned is not None and act.needs_second(row, cleaned))
        context = self.admin_site.each_context(request) | {
            "title": act.label,
            "act": act,
            "about": about,
            "seen": seal([[label, str(value)] for label, value in about.facts]) if act.weighs else "",
            "read_again": read_again,
            "verb": "Proposer" if takes_two else "Confirmer" if read_again else "",
            "form": form,
            "adminform": in_fieldsets(form),
            "media": self.media + form.media,
            "opts": self.opts,
            "original": act.names(row),
            "page": page,
            "left": left,
            "of_what": act.remaining(left or 0) if isinstance(act, LongAct) else "",
        }
        return render(request, "admin/act.html", context)

    def _propose(self, request: HttpRequest, row: Model, act: Act, form: ReasonForm) -> HttpResponse:
        """Where the form leads to is the same address, which shows the proposal from then on."""
        agent = cast(User, request.user)
        cleaned = {name: request.POST[name] for name in form.fields if name in request.POST}
        try:
            proposals.propose(
                act=act, row=row, said=cleaned, asked=form.cleaned_data, page=request.path, agent=agent
            )
        except Refusal as refusal:
            messages.warning(request, refusal.told())
        return redirect(request.path)

    def _done(self, request: HttpRequest, row: Model, act: Act, form: ReasonForm) -> str | None:
        """The details that the journal keeps; None if it was refused."""
        # Nobody else comes through the admin's door.
        agent = cast(User, request.user)
        try:
            with transaction.atomic():
                before = self._values(request, row, act)
                details: str = act.run(row, agent, form.cleaned_data)
                # Asked again behind the lock of the act: another window may have done as much meanwhile.
                if act.needs_second(row, form.cleaned_data):
                    raise proposal_refusals.NoLongerSo
                reason = form.cleaned_data["reason"]
                audit.record(
                    action=act.action,
                    subject=row,
                    name=act.names(row),
                    reason=reason,
                    actor=agent,
                    details=details,
                    changes=audit.compared(before, self._values(request, row, act)),
                )
        except Refusal as refusal:
            form.add_error(None, refusal.told())
            return None
        except AlreadyDone:
            return ""
        return details

    def _values(self, request: HttpRequest, row: Model, act: Act) -> dict[str, str]:
        """What the columns of the row's page say now, for the journal. Of who is erased nothing stays."""
        now = self.model._default_manager.filter(pk=row.pk).first()
        if now is None or act.action == Action.ERASED:
            return {}
        columns = {field.name for field in self.opts.concrete_fields}
        shown = [self._column(name) for name in flatten_fieldsets(self.get_fieldsets(request, row))]
        return audit.values(now, [name for name in shown if name in columns])

    def _column(self, name: str) -> str:
        """A column that the page words in its own way, such as euros, is the one that it is sorted by."""
        return str(getattr(getattr(self, name, None), "admin_order_field", name))


def _is_sure(request: HttpRequest, act: Act, form: ReasonForm) -> bool:
    """Whether the code is right, where one is asked for; else the form says what to do."""
    if not act.takes_code:
        return True
    return device_of(cast(SignedInRequest, request), form, second_factor.verify_telephone) is not None


def _why_idle(act: Act, row: Model, living: proposals.Living) -> str:
    """What is proposed, or on its way, is found again by its button."""
    reason = act.idle(row)
    return "" if reason and living.has(act, row) else reason


def _why_not(request: HttpRequest, act: Act, row: Model) -> str:
    """Why the page of the act is not shown. Who sends a page again is answered by the act itself."""
    if not act.applies(row) or "step" in request.POST:
        return f"Ce n’est plus possible\N{NO-BREAK SPACE}: {act.label.lower()}."
    is_sent = request.method == "POST" and not isinstance(act, LongAct)
    reason = "" if is_sent else act.idle(row)
    return f"{act.label}\N{NO-BREAK SPACE}: {reason}." if reason else ""
