"""What browsers are told with every answer."""

ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Reporting-Endpoints": 'csp="/violations/"',
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
FORBIDDEN = ["camera=()", "microphone=()", "payment=()", "usb=()", "geolocation=(self)"]
# What the policy holds back is told us, by old browsers too.
TOLD = ["report-to csp", "report-uri /violations/"]
NOTHING_ELSE = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]


def wanting(response):
    """Which of them this answer does not give."""
    policy = response.get("Content-Security-Policy", "")
    permissions = response.get("Permissions-Policy", "")
    return [
        *(name for name, value in ALWAYS.items() if response.get(name) != value),
        *(part for part in (*NOTHING_ELSE, *TOLD) if part not in policy),
        *(part for part in ("unsafe-", "*", "http:") if part in policy),
        *(part for part in FORBIDDEN if part not in permissions),
    ]
