"""The collèges."""

from django.contrib import admin

from accounts.models import School
from backoffice.base.model_admin import BaseAdmin
from backoffice.forms.schools import SchoolForm


@admin.register(School)
class SchoolAdmin(BaseAdmin):
    form = SchoolForm
    list_display = ["name", "uai", "insee_code"]
    search_fields = ["name", "uai"]
