import logging
import os
import re
import time
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core import routes
from operations import logs, metrics
from operations.probes import PROBES

from .get_response import GetResponse

logger = logging.getLogger(__package__)
STATIC = "static"
QUIET = {STATIC, *PROBES}
REQUEST_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


def watch(get_response: GetResponse) -> GetResponse:
    """Give each request an id, which comes back with the answer; write one line about it, and count it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        reference = _request_id(request)
        # Until the next one in this thread: Django says after us which page it refused.
        logs.request_id.set(reference)
        response = get_response(request)
        response["X-Request-ID"] = reference
        _tell(request, response, seconds=time.perf_counter() - began)
        return response

    return middleware


def _request_id(request: HttpRequest) -> str:
    """Short enough to be read out on the telephone. Our proxy may have named the request before."""
    given = request.headers.get("X-Request-ID", "") if settings.SECURE_PROXY else ""
    if REQUEST_ID.fullmatch(given):
        return given
    digits = os.urandom(6).hex()
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def _tell(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    route = _route(request, response)
    facts = {
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": round(1000 * seconds, 1),
        "bytes": None if response.streaming else len(response.content),
    }
    # Files, and machines that ask every second, are of interest only to who looks for them.
    quiet = route in QUIET and response.status_code < HTTPStatus.BAD_REQUEST
    level = logging.DEBUG if quiet else logging.INFO
    logger.log(level, "%(method)s %(route)s %(status)s %(ms)s ms", facts, extra={"facts": facts})
    metrics.count(method=request.method or "", route=route, status=response.status_code, seconds=seconds)


def _route(request: HttpRequest, response: HttpResponse) -> str:
    if request.path in PROBES:
        return request.path
    route = routes.route_of(request)
    # No page of ours streams without an address: it is WhiteNoise.
    return STATIC if route == routes.UNKNOWN and response.streaming else route
