import os
import re

from django.conf import settings
from django.http import HttpRequest

REQUEST_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


def request_id_of(request: HttpRequest) -> str:
    """Short enough to be read out on the telephone. Our proxy may have named the request before."""
    given = request.headers.get("X-Request-ID", "") if settings.SECURE_PROXY else ""
    if REQUEST_ID.fullmatch(given):
        return given
    digits = os.urandom(6).hex()
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"
