"""What staff may set of payments: one row."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from backoffice.base.model_admin import BaseAdmin
from payments.models import Rules


@admin.register(Rules)
class RulesAdmin(BaseAdmin):
    list_display = ("__str__", "prepared_on_day", "account_delay", "second_agent_above")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
