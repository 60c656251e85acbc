"""What browsers are told with every answer."""

from http import HTTPStatus

from .rights import COUNTER

ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Reporting-Endpoints": 'csp="/violations/"',
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
FORBIDDEN = ["microphone=()", "payment=()", "usb=()", "geolocation=(self)"]
# What the policy holds back is told us, by old browsers too.
TOLD = ["report-to csp", "report-uri /violations/"]
NOTHING_ELSE = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]


# Where « Scanner » is; nowhere else.
WITH_CAMERA = {f"{COUNTER}", f"{COUNTER}utilisations/<uuid:key>/"}


# A paper, beside what an agent says of it: there it is of no origin, and runs nothing.
PAPER = "admin/applications/application/<path:object_id>/papiers/<number:paper_id>/"
FRAMED = {"frame-ancestors 'none'": "frame-ancestors 'self'"}


def wanting(response, route=""):
    """Which of them this answer does not give."""
    has_camera = route in WITH_CAMERA and response.status_code == HTTPStatus.OK
    is_paper = route == PAPER and response.status_code == HTTPStatus.OK
    always = ALWAYS | ({"X-Frame-Options": "SAMEORIGIN"} if is_paper else {})
    framed = [*(FRAMED.get(part, part) for part in NOTHING_ELSE), "sandbox", "script-src 'none'"]
    nothing_else = framed if is_paper else NOTHING_ELSE
    forbidden = [*FORBIDDEN, "camera=(self)" if has_camera else "camera=()"]
    policy = response.get("Content-Security-Policy", "")
    permissions = response.get("Permissions-Policy", "")
    return [
        *(name for name, value in always.items() if response.get(name) != value),
        *(part for part in (*nothing_else, *TOLD) if part not in policy),
        *(part for part in ("unsafe-", "*", "http:") if part in policy),
        *(part for part in forbidden if part not in permissions),
    ]
