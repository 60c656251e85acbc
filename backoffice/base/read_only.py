"""Admin classes and inlines of what is only looked at there."""

from typing import Any

from .model_admin import BaseAdmin


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
