"""The versions of the convention. What was in force once is read, and written no more."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from applications.models import Convention
from backoffice.acts.conventions import ACTS
from backoffice.acts.pages import ActsAdmin

READ = ("state", "in_force_at", "in_force_by", "ended_at", "sha256")


def _is_fixed(version: Any) -> bool:
    return version is not None and not version.is_draft


@admin.register(Convention)
class ConventionAdmin(ActsAdmin):
    list_display = ("title", "state", "in_force_at", "in_force_by", "ended_at")
    list_select_related = ("in_force_by",)
    fields = ("title", "text")
    counted = ("version", "versions")
    acts = ACTS

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("title", *READ, "text") if _is_fixed(obj) else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return READ if _is_fixed(obj) else ()

    @admin.display(description="empreinte SHA-256 du texte")
    def sha256(self, convention: Convention) -> str:
        return convention.sha256

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_fixed(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_fixed(obj)
