"""The news for those who follow them with a program."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from core.typed_text import printable

from . import facts, prose
from .models import Article

LENGTH = 20


class NewsFeed(Feed):
    feed_type = Atom1Feed
    link = reverse_lazy("content:news")
    feed_url = reverse_lazy("content:feed")

    def title(self) -> str:
        return f"Actualités de {settings.BRAND['name']} {settings.BRAND['territory']}"

    def author_name(self) -> str:
        """RFC 4287 asks for one, of the feed at least."""
        return f"{settings.BRAND['authority']} {settings.BRAND['territory']}"

    def feed_guid(self) -> str:
        return _stable_id("actualites")

    def items(self) -> list[Article]:
        self.facts = facts.known()
        return list(Article.objects.published().newest_first()[:LENGTH])

    def item_title(self, item: Article) -> str:
        return printable(prose.line(item.title, self.facts))

    def item_description(self, item: Article) -> str:
        html = prose.render(item.body, self.facts)
        return printable(html.replace('href="/', f'href="{settings.SITE_URL}/'))

    def item_guid(self, item: Article) -> str:
        return _stable_id(f"actualite-{item.pk}")

    def item_pubdate(self, item: Article) -> dt.datetime:
        return timezone.localtime(item.publish_at)

    def item_updateddate(self, item: Article) -> dt.datetime:
        """Written in advance, it is new when it appears."""
        return timezone.localtime(max(item.updated_at, item.publish_at))


def _stable_id(name: str) -> str:
    """What no change of title or of address touches (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"


# Private: a session may be renewed beside it.
@login_not_required
@require_safe
@cache_control(private=True, max_age=600)
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    return NewsFeed()(request)
