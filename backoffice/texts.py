"""Staff write the texts. What is refused is said beside the field, with what to write instead."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Field, QuerySet, TextField
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from backoffice.base.model_admin import BaseAdmin
from content import facts
from content.models import Article, HelpTopic, Page


def how_to_write() -> SafeString:
    """Markdown in five examples, and what stands for each name between braces today."""
    names = format_html_join("", "<li>{{{}}} – {}</li>", facts.known().items())
    return format_html(
        "Une ligne vide sépare deux paragraphes. # Un titre, ## un titre plus petit, **en gras**, "
        "- une ligne de liste, [un lien](/aide/). Ni HTML ni images. Une date ou un montant de la campagne "
        "ne se tape pas{}: son nom entre accolades est remplacé, aujourd’hui, ainsi{}: <ul>{}</ul>",
        facts.NBSP,
        facts.NBSP,
        names,
    )


class ProseAdmin(BaseAdmin):
    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        if isinstance(db_field, TextField):
            kwargs["help_text"] = how_to_write()
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class StateFilter(admin.SimpleListFilter):
    title = "état"
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("publie", "Publiées"), ("prevu", "Prévues")]

    def queryset(self, request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        now = timezone.now()
        asked = {"publie": {"publish_at__lte": now}, "prevu": {"publish_at__gt": now}}
        return articles.filter(**asked.get(self.value() or "", {}))


@admin.register(Article)
class ArticleAdmin(ProseAdmin):
    list_display = ("title", "publish_at", "state", "pinned")
    list_filter = (StateFilter, "pinned")
    date_hierarchy = "publish_at"
    search_fields = ("title", "body")
    prepopulated_fields = {"slug": ["title"]}
    fields = ("title", "slug", "publish_at", "pinned", "body")

    @admin.display(description="état", ordering="publish_at")
    def state(self, article: Article) -> str:
        return "publiée" if article.is_published else "prévue"


@admin.register(HelpTopic)
class HelpTopicAdmin(ProseAdmin):
    list_display = ("question", "audience", "position")
    list_editable = ("position",)
    list_filter = ("audience",)
    search_fields = ("question", "keywords", "answer")
    ordering = ("audience", "position", "pk")


@admin.register(Page)
class PageAdmin(ProseAdmin):
    list_display = ("title", "key", "updated_at")
    fields = ("title", "body")

    def has_add_permission(self, *args: Any) -> bool:
        """The site always has its pages, and no other ones: only their texts change."""
        return False

    def has_delete_permission(self, *args: Any) -> bool:
        return False
