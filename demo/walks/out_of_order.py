import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.throttle import TooManyAttempts
from demo.gallery.view import gallery

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


def out_of_order(page: "Page") -> Iterator[str]:
    """Pages that a server in good health does not show, and the gallery of every component."""
    request = RequestFactory().get("/galerie/")
    request.user = AnonymousUser()
    shown = {
        "repeated": [("key", "1"), ("amount", "10")],
        "is_undone": True,
        "has_cookies": True,
        "refusal": TooManyAttempts(dt.timedelta(minutes=2)),
        "seconds": 5,
        "return_url": "/",
    }
    pages = {"galerie": gallery(request).text}
    for error in ("400", "403", "403_csrf", "404", "413", "429", "500", "503", "503_pen_taken", "busy"):
        pages[f"erreur-{error.replace('_', '-')}"] = render_to_string(f"{error}.html", shown, request)
    for name, html in pages.items():
        page.route(f"**/{name}", partial(_answer, html))
        page.goto(f"/{name}")
        yield name


def _answer(html: str, route: "Route") -> None:
    route.fulfill(body=html, content_type="text/html")
