"""What a page is called, whoever and whatever it is about."""

from django.http import HttpRequest

# Of an address that leads nowhere.
UNKNOWN = "unknown"


def route_of(request: HttpRequest) -> str:
    """The name of its page: `tickets:detail`, whichever ticket it is."""
    match = request.resolver_match
    return match.view_name if match else UNKNOWN
