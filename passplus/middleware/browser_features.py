from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.browser_features import HEADER, NO_CAMERA

from .get_response import GetResponse

# The policy, which is in the settings, calls it so.
REPORTING = f'csp="{settings.VIOLATIONS_URL}"'


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Set Permissions-Policy, Reporting-Endpoints and Cross-Origin-Resource-Policy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # A page that may use the camera says so itself (core.browser_features).
        response.headers.setdefault(HEADER, NO_CAMERA)
        response["Reporting-Endpoints"] = REPORTING
        # What is open to all sites says so itself.
        if not response.has_header("Access-Control-Allow-Origin"):
            response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware
