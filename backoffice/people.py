"""People in the administration: accounts, collèges, children and who acts for them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts import email_change, identity, services
from accounts.audit import Action
from accounts.mail_choices import COLUMNS
from accounts.models import Beneficiary, Guardianship, School, User
from backoffice.acts.act import Act
from backoffice.acts.pages import ActsAdmin
from backoffice.base.model_admin import BaseAdmin
from backoffice.base.phonetic_search import MisheardAdmin
from backoffice.base.read_only import ReadOnly
from backoffice.family.page import FamilyAdmin
from backoffice.forms.children import AddChildForm, ChildForm, PersonNameField
from backoffice.forms.schools import SchoolForm
from backoffice.invitations.filters import NeverActivated
from backoffice.invitations.pages import InvitationsAdmin
from backoffice.search import lists

from .acts import account_merges, accounts, child_merges, erasure, guardians


def _governs(agent: Any, account: User) -> bool:
    """Who may change this account: that of an agent or superuser gives its rights."""
    if account.is_superuser:
        return bool(agent.is_superuser)
    return not account.is_staff or agent.has_perm("accounts.appoint_agents")


OF_AGENTS = "Agent du département"


@admin.register(User)
class UserAdmin(MisheardAdmin, ActsAdmin, InvitationsAdmin):
    """Nobody but its owner ever knows a password: there is none to read or to set here."""

    list_display = ["username", "last_name", "first_name", "email", "is_active", "is_staff"]
    list_filter = [NeverActivated, "is_active", "is_staff", "groups"]
    # For the box: `known_as` says what is looked for.
    search_fields = ["username"]
    ordering = ["username"]
    show_full_result_count = False
    needs_reason = ("username", "email")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "last_name",
                    "first_name",
                    "email",
                    "is_active",
                    "whose_children",
                    "united",
                ]
            },
        ),
        ("Coordonnées", {"fields": ["phone", "address", "postcode", "city"]}),
        ("E-mails qu’il reçoit", {"fields": [*COLUMNS.values()]}),
        (OF_AGENTS, {"fields": ["is_staff", "groups", "is_superuser"]}),
        ("Dates", {"fields": ["date_joined", "access_code_at", "last_login", "email_confirmed_at"]}),
    ]
    readonly_fields = [
        # A role is given by an act, that takes two agents; a superuser is made on the server.
        *("is_active", "whose_children", "united", "is_staff", "groups", "is_superuser"),
        *("date_joined", "access_code_at", "last_login", "email_confirmed_at"),
        # Its owner chooses; an agent on the telephone sees why nothing comes.
        *COLUMNS.values(),
    ]
    # What a list has where nobody knows a name is none here either.
    form_classes = {"first_name": PersonNameField, "last_name": PersonNameField}
    acts = [*accounts.ACTS, account_merges.MERGE, erasure.ACCOUNT]

    def known_as(self, said: str) -> QuerySet[Any]:
        return lists.accounts(said)

    @admin.display(description="ses enfants", empty_value="–")
    def whose_children(self, user: User) -> str:
        """The way from who calls to whom it is about."""
        children = user.children.all() if user.pk else []
        page = "admin:accounts_beneficiary_change"
        return format_html_join(
            ", ", '<a href="{}">{}</a>', ((reverse(page, args=[child.pk]), child) for child in children)
        )

    @admin.display(description="fusions", empty_value="–")
    def united(self, user: User) -> str:
        return merged_links(user, user.merged.order_by("pk") if user.pk else ())

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """A new account has no role to show yet."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else [it for it in fieldsets if it[0] != OF_AGENTS]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        may: bool = super().has_change_permission(request, obj)
        if not may or not isinstance(obj, User):
            return may
        return not obj.anonymised_at and not obj.merged_into_id and _governs(request.user, obj)

    def may(self, request: HttpRequest, act: Act, row: Any) -> bool:
        """An access that goes to the account's own address is what anybody may ask for anybody.

        Nothing is done any more to who was anonymised, or merged.
        """
        if row.anonymised_at or row.merged_into_id:
            return False
        harmless = act.action == Action.ACCESS_RESET
        return super().may(request, act, row) and (harmless or _governs(request.user, row))

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: Any) -> None:
        """A new account has no password: its owner chooses one, by the link that is mailed or by a letter.

        An address that an agent typed has not answered yet; it is told, and so is the one before it.
        """
        if not change:
            obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            if obj.email:
                services.send_first_access(user_id=obj.pk)
        elif "email" in form.changed_data:
            before = form.initial["email"]
            email_change.note_given(obj, before)
            self.save_changes(obj, form, *email_change.OF_THE_ADDRESS)
            email_change.tell_given(obj, before)
        else:
            self.save_changes(obj, form)

    def has_delete_permission(self, *args: Any) -> bool:
        """An account is closed: what it did stays."""
        return False


@admin.register(School)
class SchoolAdmin(BaseAdmin):
    form = SchoolForm
    list_display = ["name", "uai", "insee_code"]
    search_fields = ["name", "uai"]


def merged_links(row: Any, merged: Iterable[Any]) -> str:
    """Where a row leads to; or which ones lead to it."""
    if row.merged_into:
        return format_html("fusionné dans {}", _link(row.merged_into))
    links = format_html_join(", ", "{}", ((_link(one),) for one in merged))
    return format_html("réunit aussi {}", links) if links else ""


def _link(row: Any) -> str:
    page = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{} ({})</a>', page, row, row.concerns)


class GuardianshipInline(ReadOnly, admin.TabularInline):
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
        return lists.children_of_families(said)

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
