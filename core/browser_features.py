"""Which features of a device a page may ask its browser for: Permissions-Policy."""

from django.http import HttpResponse

# Features that Chromium knows: of another one it warns in the console, on each page.
_NONE = (
    *("accelerometer", "autoplay", "browsing-topics", "display-capture"),
    *("encrypted-media", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer"),
    *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get"),
    *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)


def _policy(camera: str) -> str:
    # The directory asks where one is, when « Autour de moi » is pressed.
    return ", ".join(["geolocation=(self)", f"camera={camera}", *(f"{feature}=()" for feature in _NONE)])


HEADER = "Permissions-Policy"
NO_CAMERA, WITH_CAMERA = _policy("()"), _policy("(self)")


def allow_camera(response: HttpResponse) -> HttpResponse:
    """For a page that reads the square of a ticket, once « Scanner » is pressed."""
    response[HEADER] = WITH_CAMERA
    return response
