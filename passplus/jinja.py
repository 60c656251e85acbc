"""The Jinja environment of the families' pages. The administration uses Django's templates."""

from functools import cache, lru_cache
from typing import Any, cast

from django.conf import settings
from django.template import engines
from django.template.backends.jinja2 import Jinja2 as JinjaTemplates
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, select_autoescape
from markupsafe import Markup

from content import prose
from core import formats as words
from core import mail, money
from core.amount_in_words import amount_in_words
from core.unbroken import unbroken
from operations import logs
from tickets import qr


def environment(**options: Any) -> Environment:
    """Called by Django, once a process. What an e-mail says in plain text is not escaped."""
    options["autoescape"] = select_autoescape(["html", "svg"])
    env = Environment(**options)  # noqa: S701 – see above
    env.globals |= {
        "absolute": mail.absolute,
        "current_brand": lambda: settings.BRAND,
        # What the hotline finds in the logs; nothing outside of a request.
        "request_id": logs.request_id.get,
        "static": cache(static),
        "url": url,
    }
    env.filters |= {
        "answer": prose.under_a_question,
        "distance": words.distance,
        "euros": money.euros,
        "heure": words.heure,
        # Of a name that stands in a template, drawn once, when Jinja reads it.
        "icon": cache(lambda name: Markup(env.get_template(f"icons/{name}.svg").render())),  # noqa: S704 – ours
        "in_words": amount_in_words,
        "jour": words.jour,
        "jour_court": words.jour_court,
        "line": prose.line,
        "opening": prose.opening,
        "plural": words.plural,
        "prose": prose.render,
        "unbroken": unbroken,
        # Of the code of a ticket.
        "qr_address": qr.address,
        "qr_svg": qr.svg,
    }
    return env


def pages() -> Environment:
    """The one of this process."""
    return cast(JinjaTemplates, engines["jinja2"]).env


@lru_cache(maxsize=10_000)
def url(name: str, *arguments: Any) -> str:
    """`{{ url("tickets:home", child.public_id) }}`. The addresses of a process never change."""
    return reverse(name, args=arguments)
