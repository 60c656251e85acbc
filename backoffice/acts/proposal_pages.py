"""The page of an act that waits for a second agent, or that is being done."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.proposals import Proposal
from core.exceptions import Refusal

from . import execution, proposal_refusals, proposals
from .act import Act, LongAct, facts_of, weighed
from .forms import TypedForm, in_fieldsets
from .progress import progress
from .proposal_forms import RefuseForm, TypedAgainForm


@dataclass
class ProposalPage:
    """One visit of it. `back` is the page of the row."""

    site: AdminSite
    opts: Any
    request: HttpRequest
    act: Act
    row: Model
    proposal: Proposal
    back: str

    @property
    def agent(self) -> User:
        return cast(User, self.request.user)

    @property
    def is_own(self) -> bool:
        return self.proposal.proposed_by == self.agent

    def answer(self) -> HttpResponse:
        steps = {
            "confirm": self._confirm,
            "refuse": self._refuse,
            "withdraw": self._withdraw,
            "go-on": self._go_on,
            "stop": self._stop,
        }
        step = steps.get(self.request.POST.get("step", ""), self._look)
        try:
            return step()
        except Refusal as refusal:
            messages.warning(self.request, refusal.told())
            return redirect(self.request.path)

    # --- While it waits -----------------------------------------------------------------------

    def _look(self, confirming: forms.Form | None = None, refusing: forms.Form | None = None) -> HttpResponse:
        if not self.proposal.is_pending:
            return self._progress()
        form = self.act.form(self.proposal.said, subject=self.row)
        cleaned = form.cleaned_data if form.is_valid() else None
        about = weighed(self.act, self.row, cleaned)
        now = facts_of(self.act, self.row, cleaned)
        confirming = confirming or self._confirming(None)
        context = self.site.each_context(self.request) | {
            "title": self.act.label,
            "act": self.act,
            "proposal": self.proposal,
            "about": about,
            "changed": now != self.proposal.facts or not self.act.applies(self.row),
            "may_confirm": not self.is_own or not settings.SECOND_AGENT,
            "is_own": self.is_own,
            "confirming": in_fieldsets(confirming),
            "refusing": in_fieldsets(refusing or RefuseForm()),
            "opts": self.opts,
            "original": self.act.names(self.row),
            "page": self.back,
        }
        return render(self.request, "admin/proposal.html", context)

    def _confirming(self, sent: Any) -> forms.Form:
        """Where the name was typed to propose it, it is typed to confirm it."""
        typed = issubclass(self.act.form, TypedForm)
        return TypedAgainForm(sent, subject=self.row) if typed else forms.Form(sent)

    def _confirm(self) -> HttpResponse:
        form = self._confirming(self.request.POST)
        if not form.is_valid():
            return self._look(confirming=form)
        if not self.act.applies(self.row):
            raise proposal_refusals.NoLongerSo
        try:
            execution.confirm(proposal=self.proposal, act=self.act, row=self.row, agent=self.agent)
        except proposal_refusals.NoLongerSo:
            proposals.give_up(proposal=self.proposal, agent=self.agent)
            raise
        if isinstance(self.act, LongAct):
            return self._go_on()
        return self._finish()

    def _finish(self) -> HttpResponse:
        if self.act.document:
            return self.act.document(self.row)
        messages.success(self.request, f"C’est fait\N{NO-BREAK SPACE}: {self.act.action.label}.")
        return redirect(self.back)

    def _refuse(self) -> HttpResponse:
        form = RefuseForm(self.request.POST)
        if not form.is_valid():
            return self._look(refusing=form)
        answer = form.cleaned_data["answer"]
        proposals.refuse(proposal=self.proposal, act=self.act, row=self.row, answer=answer, agent=self.agent)
        return self._told("La proposition est refusée.")

    def _withdraw(self) -> HttpResponse:
        if self.proposal.is_pending and not self.is_own:
            raise proposal_refusals.NotYours
        proposals.withdraw(proposal=self.proposal, act=self.act, row=self.row, agent=self.agent)
        return self._told("La proposition est retirée.")

    def _told(self, sentence: str) -> HttpResponse:
        messages.success(self.request, sentence)
        return redirect(self.back)

    # --- While it is being done ---------------------------------------------------------------

    def _go_on(self) -> HttpResponse:
        """The next batch. What refuses it stops the whole: the journal tells how far it came."""
        act = cast(LongAct, self.act)
        try:
            left = execution.go_on(proposal=self.proposal, act=act, row=self.row, agent=self.agent)
        except Refusal:
            execution.stop(proposal=self.proposal, act=act, row=self.row)
            raise
        return self._progress() if left else self._finish()

    def _stop(self) -> HttpResponse:
        execution.stop(proposal=self.proposal, act=cast(LongAct, self.act), row=self.row)
        return redirect(self.request.path)

    def _progress(self) -> HttpResponse:
        act = cast(LongAct, self.act)
        self.proposal.refresh_from_db()
        left = act.left(self.row)
        return progress(
            self.request,
            self.site,
            title=f"{act.label}\N{NO-BREAK SPACE}: {act.names(self.row)}",
            left=left,
            of_what=act.remaining(left),
            done=self.proposal.count,
            told=act.tells(self.proposal.count, self.proposal.euros) if self.proposal.count else "",
            may_stop=True,
            is_stopped=not self.proposal.is_running,
        )
