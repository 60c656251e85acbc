"""Children, and who acts for them."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts import identity
from accounts.models import Beneficiary, Guardianship
from backoffice.acts.act import Act
from backoffice.base.phonetic_search import MisheardAdmin
from backoffice.base.read_only import ReadOnly
from backoffice.base.rows import Rows
from backoffice.family.page import FamilyAdmin
from backoffice.forms.children import AddChildForm, ChildForm
from tickets import list_search

from .acts import child_merges, erasure, guardians
from .merged_links import merged_links


class GuardianshipInline(ReadOnly, Rows):
    """Looked at here; it changes by an act, which asks why."""

    model = Guardianship
    extra = 0


class WithoutGuardian(admin.SimpleListFilter):
    title = "responsables légaux"
    parameter_name = "responsables"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("aucun", "aucun")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Beneficiary]) -> QuerySet[Beneficiary]:
        return queryset.without_guardian() if self.value() else queryset  # type: ignore[attr-defined]


@admin.register(Beneficiary)
class BeneficiaryAdmin(MisheardAdmin, FamilyAdmin):
    change_form_template = "admin/accounts/beneficiary/change_form.html"
    change_list_template = "admin/with_spreadsheets.html"
    imported_as = "eleves"
    list_display = ["last_name", "first_name", "birth_year", "school", "grade", "pupil_number"]
    list_select_related = ["school"]
    list_filter = ["grade", "is_enrolled", WithoutGuardian]
    ordering = ["last_name", "first_name", "pk"]
    search_fields = ["pupil_number"]
    search_help_text = "Nom, prénom, numéro d’élève, ou identifiant de l’enfant ou d’un parent."
    autocomplete_fields = ["school"]
    needs_reason = ("pupil_number",)
    readonly_fields = ["public_id", "user", "united"]
    inlines = [GuardianshipInline]
    show_full_result_count = False
    acts = [*guardians.ACTS, child_merges.MERGE, erasure.CHILD]
    form = ChildForm

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: Any = None, **kwargs: Any
    ) -> type[ModelForm]:
        if obj is None:
            kwargs["form"] = AddChildForm
        return super().get_form(request, obj, change, **kwargs)

    def may(self, request: HttpRequest, act: Act, row: Any) -> bool:
        return not row.anonymised_at and not row.merged_into_id and super().may(request, act, row)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        is_nobody = isinstance(obj, Beneficiary) and bool(obj.anonymised_at or obj.merged_into_id)
        return super().has_change_permission(request, obj) and not is_nobody

    def known_as(self, said: str) -> QuerySet[Any]:
        return list_search.children_of_families(said)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Beneficiary], search_term: str
    ) -> tuple[QuerySet[Beneficiary], bool]:
        """By the number of a row that was merged, the one that it leads to."""
        standing = queryset.filter(merged_into=None)
        meant = standing.filter(merged__pupil_number=identity.pupil_number(search_term))
        if search_term and meant.exists():
            self.record_search(request, search_term)
            return meant, False
        return super().get_search_results(request, standing, search_term)

    @admin.display(description="fusions", empty_value="–")
    def united(self, child: Beneficiary) -> str:
        return merged_links(child, child.merged.order_by("pk") if child.pk else ())

    def has_delete_permission(self, *args: Any) -> bool:
        return False
