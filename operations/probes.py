"""Three addresses for the machines that watch over this one. They know neither sessions nor families.

They stand before the maintenance page, the redirection to HTTPS (SECURE_REDIRECT_EXEMPT) and the check of
the Host header, for what asks is on this machine or beside it, in clear, and by an address of the network.
"""

import logging
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from . import metrics

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers. Whoever restarts it when it does not must not do so for the database's sake."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether families may be sent here. What is wrong is in the log, not in the answer.

    Ready during a maintenance, without a look at the database, which may be what is maintained: otherwise
    a load balancer would take away the page that says so, and the administration with it.
    """
    is_ready = settings.MAINTENANCE or _database_is_ready()
    return HttpResponse(
        "ready\n" if is_ready else "not ready\n", status=200 if is_ready else 503, content_type="text/plain"
    )


@never_cache
@require_safe
def read_metrics(request: HttpRequest) -> HttpResponse:
    """For who has METRICS_TOKEN; there is no such page without it."""
    if not settings.METRICS_TOKEN:
        return HttpResponseNotFound("not found\n", content_type="text/plain")
    if not constant_time_compare(
        request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
    ):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(metrics.reading(), content_type=CONTENT_TYPE_LATEST)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": alive,
    "/readyz": ready,
    "/metrics": read_metrics,
}


def _database_is_ready() -> bool:
    try:
        missing = missing_migrations()
    except DatabaseError as trouble:
        logger.warning("Not ready: the database does not answer", exc_info=trouble)
        return False
    if missing:
        logger.warning("Not ready: %s migrations are missing", len(missing))
    return not missing


def missing_migrations() -> frozenset[tuple[str, str]]:
    """Migrations of this program that the database lacks. Raises DatabaseError."""
    return _migrations().difference(MigrationRecorder(connection).applied_migrations())


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.nodes)
