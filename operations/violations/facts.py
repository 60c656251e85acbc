"""Each fact is a word of a closed list, the name of a route, or the mere origin of a site."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, resolve

from core import routes

DIRECTIVES = {
    *("base-uri", "child-src", "connect-src", "default-src", "font-src", "form-action", "frame-ancestors"),
    *("frame-src", "img-src", "manifest-src", "media-src", "object-src", "prefetch-src", "script-src"),
    *("script-src-attr", "script-src-elem", "style-src", "style-src-attr", "style-src-elem", "worker-src"),
}
# What stands where there is no site; of an extension of the browser, which one it is would be somebody's.
WORDS = {
    *("about", "blob", "data", "eval", "filesystem", "inline", "self", "wasm-eval"),
    *("chrome-extension", "moz-extension", "safari-extension", "safari-web-extension"),
}
SITE = re.compile(r"(?:https?|wss?)://[a-z0-9.-]{1,100}(?::\d{1,5})?(?=[/?#]|$)", re.IGNORECASE)
FILE = re.compile(re.escape(settings.STATIC_URL) + r"[\w./-]{1,100}(?=[?#]|$)", re.ASCII)


def facts_of(violation: Mapping[str, object], *, host: str) -> dict[str, object]:
    line = violation.get("lineNumber")
    return {
        "directive": _one_of(DIRECTIVES, violation.get("effectiveDirective")),
        "blocked": _origin(str(violation.get("blockedURL"))),
        "document": _place(str(violation.get("documentURL")), host),
        "source": _place(str(violation.get("sourceFile")), host),
        "line": line if type(line) is int and 0 <= line < 10**6 else None,
        "disposition": _one_of({"enforce", "report"}, violation.get("disposition")),
    }


def _one_of(words: set[str], said: object) -> str:
    return said if isinstance(said, str) and said in words else routes.UNKNOWN


def _origin(address: str) -> str:
    """The scheme and name of a site; otherwise one of WORDS."""
    if site := SITE.match(address):
        return site[0].lower()
    return _one_of(WORDS, address.partition(":")[0])


def _place(address: str, host: str) -> str:
    """A page of ours by its route, a file of ours by its path, anything else by its origin."""
    origin = _origin(address)
    if origin.partition("://")[2] != host:
        return origin
    path = address[len(origin) :]
    if file := FILE.match(path):
        return file[0]
    try:
        return resolve(unquote(re.split("[?#]", path)[0])).view_name
    except Resolver404:
        return routes.UNKNOWN
