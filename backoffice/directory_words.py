"""Communes, activities and other words: what the directory is made of beside organismes."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from backoffice.base.model_admin import BaseAdmin
from partners.models import Activity, Commune, Synonym
from partners.services import directory_changed, lock_directory


class DirectoryAdmin(BaseAdmin):
    """What the directory is made of: each change is told, so that the next search knows it."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        """Locks the directory, then the row."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            lock_directory()
            return super().changeform_view(request, object_id, *args, **kwargs)

    def save_related(self, request: HttpRequest, *args: Any) -> None:
        super().save_related(request, *args)
        directory_changed()

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        directory_changed()
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        directory_changed()
        super().delete_queryset(request, queryset)


@admin.register(Commune)
class CommuneAdmin(DirectoryAdmin):
    list_display = ["name", "insee_code", "postcode"]
    search_fields = ["name", "insee_code", "postcode"]


@admin.register(Activity)
class ActivityAdmin(DirectoryAdmin):
    search_fields = ["name"]


@admin.register(Synonym)
class SynonymAdmin(DirectoryAdmin):
    """What the search of the directory takes for something else."""

    list_display = ["typed", "means"]
    search_fields = ["typed", "means"]
