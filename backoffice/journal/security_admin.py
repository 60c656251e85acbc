"""The security log as administrators read it: refusals, and who looked at whom."""

from django.apps import apps
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.security_log import Reading, SecurityEvent, words_of
from backoffice.base.read_only import ReadOnlyAdmin

from .filters import AgentFilter, model_with_page, page_of


class SecurityAdmin(ReadOnlyAdmin):
    list_per_page = 50
    ordering = ["-pk"]


@admin.register(SecurityEvent)
class SecurityEventAdmin(SecurityAdmin):
    """Refusals: of whom is known where the identifiant was one."""

    list_display = ["last_at", "kind", "who", "page", "times"]
    list_select_related = ["user"]
    list_filter = ["kind"]
    date_hierarchy = "last_at"
    search_fields = ["user__username", "user__last_name", "user__first_name", "account_digest"]
    ordering = ["-last_at", "-pk"]
    fields = readonly_fields = ("last_at", "kind", "who", "page", "times")

    @admin.display(description="compte")
    def who(self, event: SecurityEvent) -> str:
        known = event.user
        return f"{known} ({known.username})" if known else f"inconnu {event.account_digest[:16]}"


@admin.register(Reading)
class ReadingAdmin(SecurityAdmin):
    """Which agent opened which page of a family, or searched for what, each once a day."""

    list_display = ["at", "agent", "page"]
    list_select_related = ["agent"]
    list_filter = [AgentFilter]
    date_hierarchy = "at"
    search_fields = ["agent__username", "agent__last_name", "agent__first_name"]
    search_help_text = (
        "Nom, prénom ou identifiant d’un agent\N{NO-BREAK SPACE}; ou un mot, pour savoir qui l’a cherché. "
        "Pour une fiche, voyez son historique."
    )
    ordering = ["-at", "-pk"]
    fields = readonly_fields = ("at", "agent", "page")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Reading], search_term: str
    ) -> tuple[QuerySet[Reading], bool]:
        found, may_be_twice = super().get_search_results(request, queryset, search_term)
        searched = Q(pk__in=[])
        for word in words_of(search_term):
            searched |= Q(subject_key__endswith=f" {word}")
        return found | queryset.filter(searched), may_be_twice

    @admin.display(description="fiche")
    def page(self, reading: Reading) -> SafeString:
        label, _, pk = reading.subject_key.partition(" ")
        if pk.startswith("?"):
            name = str(apps.get_model(label)._meta.verbose_name_plural)
            return format_html("Recherche dans les {}, {}", name, pk[1:])
        model = model_with_page(label)
        name = str(model._meta.verbose_name) if model else label
        return format_html('<a href="{}">{} {}</a>', page_of(reading), name, pk)
