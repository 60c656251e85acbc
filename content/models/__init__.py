"""Texts that staff write, in Markdown."""

from .article import Article, ArticleQuerySet
from .help_topic import Audience, HelpTopic
from .page import Page, PageKey

__all__ = ["Article", "ArticleQuerySet", "Audience", "HelpTopic", "Page", "PageKey"]
