"""People in the admin."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

from .models import Beneficiary, Guardianship, School, User

admin.site.site_header = admin.site.site_title = f"{settings.BRAND['name']} – administration"
admin.site.index_title = "Accueil"
admin.site.unregister(Group)


@admin.register(User)
class PassUserAdmin(UserAdmin):
    list_display = ["username", "last_name", "first_name", "email", "is_active", "is_staff"]
    ordering = ["username"]
    show_full_result_count = False


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin):
    list_display = ["name", "uai", "insee_code"]
    search_fields = ["name", "uai"]


class GuardianshipInline(admin.TabularInline):
    model = Guardianship
    autocomplete_fields = ["user"]
    extra = 0


@admin.register(Beneficiary)
class BeneficiaryAdmin(admin.ModelAdmin):
    list_display = ["last_name", "first_name", "birth_year", "school", "grade", "pupil_number"]
    list_select_related = ["school"]
    list_filter = ["grade"]
    search_fields = ["last_name", "first_name", "pupil_number"]
    autocomplete_fields = ["school", "user"]
    inlines = [GuardianshipInline]
    show_full_result_count = False
