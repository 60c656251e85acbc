"""The log format of production: one JSON object a line, without personal data.

No name, identifiant, address, code or token: a line is made of what is known to be harmless, and nothing
else of a record gets through. Which page it was is told by the name of its route, never by its address.
"""

import datetime as dt
import json
import logging
import re
import sys
from contextvars import ContextVar
from types import TracebackType

from django.http import HttpRequest

from core.routes import route_of

from .faults import description

# Of the request that is being answered; a family reads it to the hotline.
request_id: ContextVar[str] = ContextVar("request_id", default="")
# In the words of a library, who knows: addresses of pages and of people, ticket and access codes, networks.
PRIVATE = re.compile(
    r"""https?://\S+ | (?<!\w)/[^\s'"]* | [^\s@'"<>]+@[^\s@'"<>]+ | \b(?:[0-9A-Z]{4}-?){3}[0-9A-Z]\b
    | \bip=\S+""",
    re.VERBOSE,
)


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        if reference := request_id.get():
            said["request_id"] = reference
        # What our own lines have more: `extra={"facts": {…}}`.
        said |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            said["exception"] = description(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


def message_of(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest) or not isinstance(record.args, tuple):
        return PRIVATE.sub("…", record.getMessage())
    # Django says the path of every page that it refuses, escaped in its own way.
    route = route_of(request)
    arguments = tuple(route if str(argument).startswith("/") else argument for argument in record.args)
    return PRIVATE.sub("…", str(record.msg) % arguments if arguments else str(record.msg))


def speak_for_commands() -> None:
    """Let a command that breaks say so by a log, unless somebody sits before it, who needs Python's words."""
    if not sys.stderr.isatty():
        sys.excepthook = _tell


def _tell(kind: type[BaseException], trouble: BaseException, place: TracebackType | None) -> None:
    logging.getLogger(__name__).critical("A command broke", exc_info=trouble)
