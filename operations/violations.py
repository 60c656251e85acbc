"""What a browser says that it held back, because the Content-Security-Policy does not allow it.

A line may be the first sign of an attack, or of a page of ours that does not work. Anybody can send one, so
nothing of it is believed: each fact is a word of a closed list, the name of a route, or the mere origin of a
site. The rest (address, referrer, sample of the script) may be somebody's, and is not even looked at.
"""

import json
import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from prometheus_client import Counter

from core import routes, throttle
from core.throttle import TooManyAttempts
from core.throttle_policy import MINUTE, Limit, ThrottlePolicy

logger = logging.getLogger(__name__)

VIOLATIONS = Counter("passplus_csp_violations", "What browsers held back, as they say.", ["directive"])

# A page that is quite wrong tells dozens at once, each with the whole policy in it.
LARGEST = 32 * 1024
MOST_AT_ONCE = 20
# A class meets the same fault on the same page. Then one message a minute says enough, and fills no disk.
REPORTS = ThrottlePolicy(
    "violations",
    network=Limit(free=60, first=MINUTE, longest=MINUTE, memory=MINUTE),
)

# How the old format calls what the new one (CSP 3, « Reporting ») calls otherwise.
OLD, NEW = "application/csp-report", "application/reports+json"
OLD_NAMES = {
    "effectiveDirective": "effective-directive",
    "blockedURL": "blocked-uri",
    "documentURL": "document-uri",
    "sourceFile": "source-file",
    "lineNumber": "line-number",
}

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


@csrf_exempt
@login_not_required
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Who sends too many is answered the same, and not heard: a refusal would make browsers repeat it."""
    if request.content_type not in {OLD, NEW}:
        return HttpResponse(status=415)
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return HttpResponse(status=413)
    try:
        told = _told(request.content_type, json.loads(body))[:MOST_AT_ONCE]
        facts = [_facts(violation, host=request.get_host()) for violation in told]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return HttpResponse(status=400)
    with suppress(TooManyAttempts):
        throttle.count(REPORTS, request)
        for each in facts:
            _tell(each)
    return HttpResponse(status=204)


def _tell(facts: dict[str, object]) -> None:
    VIOLATIONS.labels(facts["directive"]).inc()
    logger.warning("Held back by the CSP: %(directive)s", facts, extra={"facts": facts})


def _told(kind: str, body: Any) -> list[Mapping[str, object]]:
    """The violations of a message, all in the words of the new format."""
    if kind == NEW:
        return [report["body"] for report in body if report["type"] == "csp-violation"]
    violation = body["csp-report"]
    return [violation | {new: violation.get(old) for new, old in OLD_NAMES.items()}]


def _facts(violation: Mapping[str, object], *, host: str) -> dict[str, object]:
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
    """Of a site its scheme and name; otherwise one of WORDS."""
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
