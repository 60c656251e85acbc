from django import template
from django.utils.safestring import SafeString

from content import facts, prose

register = template.Library()


@register.filter(name="prose")
def as_prose(text: str, known: facts.Facts) -> SafeString:
    """Markdown to HTML, under a heading of the page's first level."""
    return prose.render(text, known)


@register.filter
def answer(text: str, known: facts.Facts) -> SafeString:
    """The same, under a heading of the second level."""
    return prose.render(text, known, top=3)


@register.filter
def opening(text: str, known: facts.Facts) -> SafeString:
    return prose.opening(text, known)


register.filter("line", prose.line)
