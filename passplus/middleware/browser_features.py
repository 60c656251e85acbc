from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .get_response import GetResponse

# Features that Chromium knows: of another one it warns in the console, on each page.
# The directory asks where one is, when « Autour de moi » is pressed; nothing else is asked of a device.
PERMISSIONS = ", ".join(
    [
        "geolocation=(self)",
        *(
            f"{feature}=()"
            for feature in (
                *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
                *("encrypted-media", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer"),
                *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get"),
                *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
            )
        ),
    ]
)
# The policy, which is in the settings, calls it so.
REPORTING = f'csp="{settings.VIOLATIONS_URL}"'


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Set Permissions-Policy, Reporting-Endpoints and Cross-Origin-Resource-Policy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Reporting-Endpoints"] = REPORTING
        # What is open to all sites says so itself.
        if not response.has_header("Access-Control-Allow-Origin"):
            response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware
