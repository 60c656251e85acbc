"""Metrics for Prometheus: counters of the workers, and gauges read from the database.

The other counters stand beside what they count: refusals (`core.exceptions`), throttles
(`core.throttle`), PDFs (`core.pdf`), tickets (`tickets.notices`), what browsers held back
(`operations.violations`). Their labels are words of the program, never of a person, and so are few.
"""

import os
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email
from prometheus_client import REGISTRY, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from backoffice.models import Import, Stage
from core import tasks
from core.tasks import Queue
from tickets.models import Notice

from . import runs

REQUESTS = Counter("passplus_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "passplus_request_seconds",
    "Time that a request takes, without that of sending the answer.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
# Whoever asks may make up others.
METHODS = {"GET", "HEAD", "POST"}


def count(*, method: str, route: str, status: int, seconds: float) -> None:
    REQUESTS.labels(method if method in METHODS else "other", route, status).inc()
    SECONDS.labels(route).observe(seconds)


def reading() -> bytes:
    """All of it, in the format of Prometheus. What workers counted is summed, whichever answers."""
    counted: Collector = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counted = MultiProcessCollector(registry=None)  # type: ignore[no-untyped-call]
    return b"".join(map(generate_latest, (counted, Program(), Database())))


class Program(Collector):
    def collect(self) -> Iterator[InfoMetricFamily]:
        yield InfoMetricFamily("passplus", "Which version answers.", value={"version": settings.VERSION})


class Database(Collector):
    """Asked at each reading, so that no page keeps count."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            found = list(waiting())
        except DatabaseError:
            found = []
        yield GaugeMetricFamily("passplus_database_up", "Whether the database answers.", value=bool(found))
        yield from found


def waiting() -> Iterator[GaugeMetricFamily]:
    states = {STATUS.queued: "queued", STATUS.requeued: "requeued", STATUS.failed: "failed"}
    messages = Email.objects.filter(status__in=states).order_by()
    outbox = GaugeMetricFamily(
        "passplus_outbox_messages", "E-mails that wait, wait anew, or were given up.", labels=["state"]
    )
    counts = dict.fromkeys(states, 0) | dict(messages.values_list("status").annotate(Count("pk")))
    for status, number in counts.items():
        outbox.add_metric([states[status]], number)
    yield outbox
    oldest = messages.exclude(status=STATUS.failed).order_by("pk").values_list("created", flat=True).first()
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    yield GaugeMetricFamily("passplus_outbox_oldest_seconds", "Age of the oldest that waits.", value=age)
    yield GaugeMetricFamily(
        "passplus_notices_waiting", "What guardians are still to be told.", value=Notice.objects.count()
    )
    yield GaugeMetricFamily(
        "passplus_imports_waiting",
        "Files that wait for their worker, or are in its hands.",
        value=Import.objects.filter(stage__in=[Stage.RECEIVED, Stage.CONFIRMED, Stage.RUNNING]).count(),
    )
    yield from _queues()
    done = GaugeMetricFamily(
        "passplus_command_success_timestamp_seconds", "When a command last did its work.", labels=["command"]
    )
    for name, at in runs.last_seen().items():
        if name in runs.DUTIES:
            done.add_metric([name], at.timestamp())
    yield done


def _queues() -> Iterator[GaugeMetricFamily]:
    number = GaugeMetricFamily(
        "passplus_tasks", "What is to be done beside the pages, and what failed.", labels=["queue", "state"]
    )
    age = GaugeMetricFamily(
        "passplus_tasks_oldest_seconds", "For how long the oldest of a queue has been due.", labels=["queue"]
    )
    states = {
        TaskResultStatus.READY: "waiting",
        TaskResultStatus.RUNNING: "running",
        TaskResultStatus.FAILED: "failed",
    }
    counted = DBTaskResult.objects.order_by().values_list("queue_name", "status").annotate(Count("pk"))
    counts = {(queue, status): count for queue, status, count in counted}
    since = tasks.due_since("queue_name")
    for queue in Queue:
        for status, state in states.items():
            number.add_metric([queue, state], counts.get((queue, status), 0))
        due = since.get(queue)
        age.add_metric([queue], (timezone.now() - due).total_seconds() if due else 0)
    yield number
    yield age
