"""Every address of the site, and what a form sent there needs."""

import uuid
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from passplus.tests.routes import routes

from . import rights

# What a form needs for its answer not to be « not found ».
POSITION = {"latitude": "48.75", "longitude": "2.3"}
KEY = {"key": str(uuid.UUID(int=7))}
SENT: dict[str, dict[str, str]] = {
    "partenaires/": POSITION,
    f"{rights.ORDER}papier/": KEY,
    f"{rights.ORDER}papier/<number:wallet_id>/": KEY,
    f"{rights.ORDER}organisme/<number:partner_id>/<number:wallet_id>/": KEY,
    f"{rights.COUNTER}utiliser/": KEY | {"way": "liste"},
}
# What is no form.
SENT_AS = {"violations/": ("application/csp-report", '{"csp-report": {}}')}


def every_route() -> list[str]:
    return [route for route, _ in every_pattern()]


def every_pattern() -> list[tuple[str, URLPattern]]:
    """From the resolver itself, so that a new page cannot be forgotten."""
    resolver: URLResolver = get_resolver()
    return list(routes(resolver))


def body_of(response: Any) -> bytes:
    """Of a file too, which is closed; `response.close()` would close the database with it."""
    if not response.streaming:
        return bytes(response.content)
    body = b"".join(response)
    for close in response._resource_closers:
        close()
    return body
