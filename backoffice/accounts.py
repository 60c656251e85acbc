"""Accounts, of families and of agents."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join

from accounts import email_change, services
from accounts.audit import Action
from accounts.mail_choices import COLUMNS
from accounts.models import User
from accounts.person_fields import PersonNameField
from applications.models import OPEN_STATES, Application
from backoffice.acts.act import Act
from backoffice.acts.pages import ActsAdmin
from backoffice.base.phonetic_search import MisheardAdmin
from backoffice.base.titled import titled
from backoffice.family.address import family_link
from backoffice.invitations.filters import NeverActivated
from backoffice.invitations.pages import InvitationsAdmin
from tickets import list_search

from .acts import account_merges, accounts, erasure
from .merged_links import merged_links


def _governs(agent: Any, account: User) -> bool:
    """Who may change this account: that of an agent or superuser gives its rights."""
    if account.is_superuser:
        return bool(agent.is_superuser)
    return not account.is_staff or agent.has_perm("accounts.appoint_agents")


def _of_enrolment(application: Application) -> tuple[str, str, str]:
    address = reverse("admin:applications_application_change", args=[application.pk])
    since = timezone.localtime(application.waiting_since)
    waits = f"{application.get_state_display()}, depuis le {since:%d/%m/%Y}"
    return address, application.child_name, waits


OF_AGENTS = "Agent du département"


@admin.register(User)
class UserAdmin(MisheardAdmin, ActsAdmin, InvitationsAdmin):
    """Nobody but its owner ever knows a password: there is none to read or to set here."""

    list_display = ["username", "last_name", "first_name", "email", "standing"]
    list_filter = [
        NeverActivated,
        ("is_active", titled("ouvert")),
        ("is_staff", titled("agent")),
        ("groups", titled("rôle", admin.RelatedFieldListFilter)),
    ]
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
                    "asked_to_enrol",
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
        *("is_active", "whose_children", "asked_to_enrol", "united", "is_staff", "groups", "is_superuser"),
        *("date_joined", "access_code_at", "last_login", "email_confirmed_at"),
        # Its owner chooses; an agent on the telephone sees why nothing comes.
        *COLUMNS.values(),
    ]
    # What a list has where nobody knows a name is none here either.
    form_classes = {"first_name": PersonNameField, "last_name": PersonNameField}
    acts = [*accounts.ACTS, account_merges.MERGE, erasure.ACCOUNT]

    def known_as(self, said: str) -> QuerySet[Any]:
        return list_search.accounts(said)

    @admin.display(description="état", ordering="is_active", empty_value="")
    def standing(self, user: User) -> str:
        """What is out of the ordinary: most are families', and open."""
        said = ("agent" if user.is_staff else "", "" if user.is_active else "fermé")
        return ", ".join(filter(None, said))

    @admin.display(description="ses enfants", empty_value="–")
    def whose_children(self, user: User) -> str:
        """The way from who calls to whom it is about."""
        children = user.children.all() if user.pk else []
        return format_html_join(", ", "{}", ((family_link(child),) for child in children))

    @admin.display(description="inscriptions en cours", empty_value="–")
    def asked_to_enrol(self, user: User) -> str:
        """Of children that are nobody yet: they stand on no other page of a family."""
        asked = (
            Application.objects.enrolments_of(user).select_related("newcomer").filter(state__in=OPEN_STATES)
        )
        return format_html_join(", ", '<a href="{}">{}</a> ({})', map(_of_enrolment, asked))

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
