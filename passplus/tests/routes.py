"""Every address of the resolver."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver

# The apps of the administration, in the order in which they were registered.
ITS_APPS = re.compile(r"\(\?P<app_label>[\w|]+\)")


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = prefix + ITS_APPS.sub("<app_label>", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, pattern
