"""What agents do in the admin: an act is a page that asks why, a service does it, the audit keeps it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from core.model_admin import BaseAdmin

from ..exceptions import Refusal
from ..models import Action, User
from . import audit


class ReadOnly:
    """For an admin or an inline of what is only looked at there."""

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        return False

    def has_delete_permission(self, *args: Any) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, BaseAdmin):
    """What only the services may write."""

    show_full_result_count = False


class ReasonForm(forms.Form):
    """`subject` is the row that the act is about: what else is asked may depend on it."""

    # What the button says, where this time it only looks.
    button = ""

    reason = forms.CharField(
        label="Motif",
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Il reste au journal, avec votre nom.",
    )

    def __init__(self, *args: Any, subject: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.order_fields([name for name in self.fields if name != "reason"])


def in_fieldsets(form: forms.Form) -> AdminForm:
    """A form of ours, to be drawn as the admin draws its own."""
    return AdminForm(form, [(None, {"fields": list(form.fields)})], {})  # type: ignore[arg-type]


class AlreadyDone(Exception):
    """The same form came twice: there is nothing to do, and nothing new to audit."""


@dataclass(frozen=True)
class About:
    """The row as an agent compares it with what a caller says, and what will come of the act today."""

    facts: Sequence[tuple[str, object]] = ()
    # In euros or in persons, as things are at this moment.
    outcome: str = ""
    # What should make the agent think twice, each a sentence, in red.
    warnings: Sequence[str] = ()
    # Pages to look at first: (words, address).
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Act:
    """`run` gets the row, the agent and what the form says; it returns the details that the audit keeps.

    It may raise Refusal, whose sentence the agent reads, or AlreadyDone.
    """

    name: str
    label: str
    action: Action
    permission: str
    # What will come of it, before it is done.
    consequence: str
    run: Callable[[Any, User, dict[str, Any]], str]
    form: type[ReasonForm] = ReasonForm
    applies: Callable[[Any], bool] = lambda row: True
    # The row as the page and the journal name it.
    names: Callable[[Any], str] = str
    # The row itself, shown above the button.
    about: Callable[[Any], About] = lambda row: About()
    # What the act ends in, such as a letter to print: made of the row once all is written.
    document: Callable[[Any], HttpResponse] | None = None


@dataclass(frozen=True)
class LongAct(Act):
    """One that is done in batches, a transaction each, and shows how far it is.

    `run` does the next batch. Stopped at any moment, it goes on where it was; done, it does nothing.
    """

    # How many are still to be done, such as « bénéficiaires à doter ».
    of_what: str = ""
    left: Callable[[Any], int] = lambda row: 0


def progress(
    request: HttpRequest, site: AdminSite, *, title: str, form: ReasonForm, left: int, of_what: str
) -> HttpResponse:
    """How far something long is; the page sends the form again by itself, or « Continuer » does."""
    said = request.POST.get("total", "")
    total = int(said) if re.fullmatch(r"[0-9]{1,7}", said) else left
    context = site.each_context(request) | {
        "title": title,
        "form": form,
        "of_what": of_what,
        "left": left,
        "total": max(total, left),
        "done": max(total - left, 0),
    }
    return render(request, "admin/progress.html", context)


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
        acts = [act for act in self.acts if row and self.may(request, act, row) and act.applies(row)]
        return super().render_change_form(request, context | {"acts": acts}, *args, **kwargs)

    def may(self, request: HttpRequest, act: Act, row: Any) -> bool:
        """Whether this agent may do it to this row."""
        return request.user.has_perm(act.permission)

    def _act_view(self, request: HttpRequest, object_id: str, act: Act) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.may(request, act, row):
            raise PermissionDenied
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        if not act.applies(row):
            messages.warning(request, f"Ce n’est plus possible\N{NO-BREAK SPACE}: {act.label.lower()}.")
            return redirect(page)
        form = act.form(request.POST or None, subject=row)
        details = self._done(request, row, act, form) if form.is_valid() else None
        done = details is not None
        if done and isinstance(act, LongAct) and (left := act.left(row)):
            return progress(
                request, self.admin_site, title=act.label, form=form, left=left, of_what=act.of_what
            )
        if done and act.document:
            return act.document(row)
        if done:
            told = f"{act.action.label}, {details}" if details else act.action.label
            messages.success(request, f"C’est fait\N{NO-BREAK SPACE}: {told}.")
            return redirect(page)
        context = self.admin_site.each_context(request) | {
            "title": act.label,
            "act": act,
            "about": act.about(row),
            "form": form,
            "adminform": in_fieldsets(form),
            "media": self.media + form.media,
            "opts": self.opts,
            "original": act.names(row),
            "page": page,
            "left": act.left(row) if isinstance(act, LongAct) else None,
        }
        return render(request, "admin/act.html", context)

    def _done(self, request: HttpRequest, row: Model, act: Act, form: ReasonForm) -> str | None:
        """The details that the journal keeps; None if it was refused."""
        # Nobody else comes through the admin's door.
        agent = cast(User, request.user)
        try:
            with transaction.atomic():
                details = act.run(row, agent, form.cleaned_data)
                reason = form.cleaned_data["reason"]
                audit.record(
                    action=act.action,
                    subject=row,
                    name=act.names(row),
                    reason=reason,
                    actor=agent,
                    details=details,
                )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return None
        except AlreadyDone:
            return ""
        return details
