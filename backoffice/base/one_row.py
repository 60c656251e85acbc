"""Settings that are one row, which a migration made."""

from typing import Any

from django.http import HttpRequest

from backoffice.base.model_admin import BaseAdmin


class OneRowAdmin(BaseAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
