"""Faults told to a Sentry, if SENTRY_DSN names one: what the logs say of them, and not more.

Only logs become events: errors, and what browsers held back (operations.violations). Each event is made
anew: of Sentry's own, which carry variables, words and what it knows of the request, nothing leaves but when
it was and how bad.
"""

import logging
import traceback
from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.logging import EventHandler, LoggingIntegration
from sentry_sdk.types import Event, Hint

from . import faults, logs, violations

# Warnings for the logs, which somebody must look at here. Browsers could tell Sentry themselves, by
# `report-uri`, with the addresses of pages, some of which open an account.
VIOLATIONS = EventHandler(level=logging.WARNING)
KEPT = {"event_id", "timestamp", "platform", "level", "logger", "release"}


def start(dsn: str, **options: Any) -> None:
    """`options` are the tests'."""
    sentry_sdk.init(
        dsn,
        release=settings.VERSION,
        before_send=without_anybody,
        default_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None),
            AtexitIntegration(),
        ],
        # Not even collected.
        include_local_variables=False,
        max_breadcrumbs=0,
        max_request_body_size="never",
        auto_session_tracking=False,
        **options,
    )
    # Once, however often this is called.
    logging.getLogger(violations.__name__).addHandler(VIOLATIONS)


def without_anybody(event: Event, hint: Hint) -> Event | None:
    record: logging.LogRecord = hint["log_record"]
    trouble = record.exc_info[1] if record.exc_info else None
    if record.name == "django.request" and not trouble:
        return None  # A page that says that it is closed is no fault.
    told: dict[str, Any] = {name: value for name, value in event.items() if name in KEPT}
    told["tags"] = {"request_id": logs.request_id.get()}
    told["logentry"] = {"formatted": logs.message_of(record)}
    if record.name == violations.__name__:
        told["extra"] = getattr(record, "facts", {})
    if trouble:
        # Sentry wants the first cause first.
        causes = reversed(list(faults.causes(trouble)))
        told["exception"] = {"values": [_exception(cause) for cause in causes]}
    return told  # type: ignore[return-value]


def _exception(trouble: BaseException) -> dict[str, Any]:
    frames = [
        {
            "filename": frame.filename,
            "function": frame.name,
            "lineno": frame.lineno,
            "context_line": frame.line,
            "in_app": "site-packages" not in frame.filename,
        }
        for frame in traceback.extract_tb(trouble.__traceback__)
    ]
    return {
        "module": type(trouble).__module__,
        "type": type(trouble).__qualname__,
        "value": faults.words_of(trouble),
        "stacktrace": {"frames": frames},
    }
