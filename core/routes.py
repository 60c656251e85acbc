"""Names of pages for logs and metrics, without ids."""

from django.http import HttpRequest

# Of an address that leads nowhere.
UNKNOWN = "unknown"


def route_of(request: HttpRequest) -> str:
    """The view name of the request, such as `tickets:detail`."""
    match = request.resolver_match
    return match.view_name if match else UNKNOWN


def with_query(path: str, query: str) -> str:
    """The same address with « ?name=value » too, before its fragment; as it is without a query."""
    base, sharp, fragment = path.partition("#")
    return f"{base}{'&' + query[1:] if '?' in base and query else query}{sharp}{fragment}"
