"""An edit of an admin page: what changed, why, and the site that writes it in the journal."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from core.changes import Change

Verb = Literal["added", "changed", "deleted"]


@dataclass(frozen=True)
class Edit:
    """What a form of the admin did, and why if it was asked."""

    changes: list[Change]
    reason: str = ""


class JournalingSite(Protocol):
    """What our admin classes ask of their site, which knows the journal."""

    def record_edit(self, request: HttpRequest, row: Model, verb: Verb, edit: Edit) -> None: ...

    def record_reading(self, request: HttpRequest, row: Model) -> None: ...

    def record_search(self, request: HttpRequest, model: type[Model], typed: str) -> None: ...

    def history(self, request: HttpRequest, model_admin: admin.ModelAdmin, row: Model) -> HttpResponse: ...


class ReasonedForm(forms.ModelForm):
    """Asks why, if one of the fields that `needs_reason` names is changed."""

    needs_reason: tuple[str, ...] = ()

    def clean(self) -> Any:
        changed = [name for name in self.changed_data if name in self.needs_reason]
        if changed and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Dites pourquoi\N{NO-BREAK SPACE}: le journal le garde, avec votre nom.")
        return super().clean()
