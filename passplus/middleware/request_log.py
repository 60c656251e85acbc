import logging
import time
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from core import routes
from operations import logs, metrics
from operations.probes import PROBES

from .get_response import GetResponse
from .request_id import request_id_of

logger = logging.getLogger(__package__)
STATIC = "static"
QUIET = {STATIC, *PROBES}


def log_requests(get_response: GetResponse) -> GetResponse:
    """Give each request an id, which comes back with the answer; write one line about it, and count it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        reference = request_id_of(request)
        # Until the next one in this thread: Django says after us which page it refused.
        logs.request_id.set(reference)
        response = get_response(request)
        response["X-Request-ID"] = reference
        _tell(request, response, seconds=time.perf_counter() - began)
        return response

    return middleware


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
