"""The agent of a line, as a filter, and the page that a line is about."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.audit import AuditEntry
from accounts.models import User
from accounts.security_log import Reading

COMMAND = "commande"


def page_of(entry: AuditEntry | Reading) -> str:
    """The page of what a line is about, or nothing where there is none."""
    label, _, pk = entry.subject_key.partition(" ")
    return reverse(f"admin:{label.replace('.', '_')}_change", args=[pk]) if model_with_page(label) else ""


def model_with_page(label: str) -> type[Model] | None:
    """« accounts.user » → User; None if the administration does not show it, or it is a model no more."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if admin.site.is_registered(model) else None


class AgentFilter(admin.SimpleListFilter):
    """Agents only: the accounts of families are many, and do nothing that is written here."""

    title = "agent"
    parameter_name = "agent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        agents = User.objects.filter(is_staff=True).order_by("last_name", "first_name", "username")
        return [*((str(agent.pk), str(agent)) for agent in agents), (COMMAND, "une commande")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        asked = self.value()
        if asked == COMMAND:
            return queryset.filter(actor=None)
        return queryset.filter(actor=int(asked)) if asked and asked.isdecimal() else queryset
