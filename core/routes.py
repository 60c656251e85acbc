"""Names of pages for logs and metrics, without ids."""

from django.http import HttpRequest

# Of an address that leads nowhere.
UNKNOWN = "unknown"


def route_of(request: HttpRequest) -> str:
    """The view name of the request, such as `tickets:detail`."""
    match = request.resolver_match
    return match.view_name if match else UNKNOWN
