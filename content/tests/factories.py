"""Texts for the tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from content.models import Article, Audience, HelpTopic


def make_article(
    title: str = "La rentrée", *, after: dt.timedelta = dt.timedelta(0), **fields: Any
) -> Article:
    """`after`: how long from now it appears."""
    number = Article.objects.count() + 1
    defaults = {"slug": f"actualite-{number}", "body": "Bonjour.", "publish_at": timezone.now() + after}
    return Article.objects.create(title=title, **defaults | fields)


def make_topic(question: str, answer: str = "Oui.", audience: str = Audience.FAMILIES) -> HelpTopic:
    return HelpTopic.objects.create(question=question, answer=answer, audience=audience)
