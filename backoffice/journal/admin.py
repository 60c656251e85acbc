"""The journal as agents read it: who did what to whom, what was before and what is after."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.audit import AuditEntry
from accounts.models import User
from accounts.security_log import Reading, SecurityEvent, words_of
from backoffice.base.read_only import ReadOnlyAdmin
from backoffice.exports.lists import ExportAdmin

COMMAND = "commande"


def page_of(entry: AuditEntry | Reading) -> str:
    """The page of what a line is about, or nothing where there is none."""
    label, _, pk = entry.subject_key.partition(" ")
    pages = {model._meta.label_lower for model in admin.site._registry}
    return reverse(f"admin:{label.replace('.', '_')}_change", args=[pk]) if label in pages else ""


class AgentFilter(admin.SimpleListFilter):
    """Agents only: the accounts of families are many, and do nothing that is written here."""

    title = "agent"
    parameter_name = "agent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        agents = User.objects.filter(is_staff=True).order_by("last_name", "first_name", "username")
        return [*((str(agent.pk), str(agent)) for agent in agents), (COMMAND, "une commande")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        asked = self.value()
        if asked == COMMAND:
            return queryset.filter(actor=None)
        return queryset.filter(actor=int(asked)) if asked and asked.isdecimal() else queryset


def _agents_called(word: str) -> QuerySet[User]:
    called = Q(last_name__icontains=word) | Q(first_name__icontains=word) | Q(username__icontains=word)
    return User.objects.filter(called, is_staff=True)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin, ExportAdmin):
    list_display = ["when", "agent", "action", "about", "why", "what"]
    list_select_related = ["actor"]
    list_filter = [AgentFilter, "action"]
    list_per_page = 50
    counted = ("ligne du journal", "lignes du journal")
    date_hierarchy = "at"
    # An identifiant, an amount, an address stand in the details or among the changes.
    search_fields = ["subject", "concerns", "reason", "details", "changes"]
    search_help_text = (
        "Enfant, numéro d’élève, identifiant, numéro de ticket, montant, motif, nom ou prénom d’un agent."
    )
    ordering = ["-pk"]
    # All that is ever shown.
    fields = readonly_fields = ("at", "agent", "action", "about", "why", "what")
    export_name = "journal"
    export_related = ("actor",)
    columns = {
        "Date": lambda entry: entry.at,
        "Agent": lambda entry: str(entry.actor or "commande"),
        "Action": lambda entry: entry.get_action_display(),
        "Sur": lambda entry: entry.subject,
        "Concerne": lambda entry: entry.concerns,
        "Motif": lambda entry: entry.reason,
        "Détails": lambda entry: entry.told,
    }

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry], search_term: str
    ) -> tuple[QuerySet[AuditEntry], bool]:
        """Each word in any of the columns, or in an agent's names.

        The columns are read as one text, and agents looked up first: eight comparisons a line take seconds
        where there are 100,000 lines.
        """
        parts: list[Any] = [Cast(name, TextField()) for name in self.search_fields]
        between = [part for pair in zip(parts, [Value("\n")] * len(parts), strict=True) for part in pair]
        queryset = queryset.alias(text=Concat(*between, output_field=TextField()))
        for word in search_term.split():
            agents = list(_agents_called(word).values_list("pk", flat=True))
            queryset = queryset.filter(Q(text__icontains=word) | Q(actor__in=agents))
        return queryset, False

    @admin.display(description="date", ordering="at")
    def when(self, entry: AuditEntry) -> str:
        return date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT")

    @admin.display(description="agent", ordering="actor__last_name")
    def agent(self, entry: AuditEntry) -> str:
        return str(entry.actor or "commande")

    @admin.display(description="sur")
    def about(self, entry: AuditEntry) -> SafeString:
        page = page_of(entry)
        subject = format_html('<a href="{}">{}</a>', page, entry.subject) if page else entry.subject
        return format_html('{}<br><span class="quiet">{}</span>', subject, entry.concerns)

    @admin.display(description="motif", ordering="reason")
    def why(self, entry: AuditEntry) -> str:
        return entry.reason

    @admin.display(description="détails")
    def what(self, entry: AuditEntry) -> SafeString:
        return format_html_join("", "<div>{}</div>", ([line] for line in entry.told.split("\n")))


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
        names = {model._meta.label_lower: model._meta.verbose_name for model in admin.site._registry}
        return format_html('<a href="{}">{} {}</a>', page_of(reading), names.get(label, label), pk)
