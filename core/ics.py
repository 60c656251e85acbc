"""Days to remember as a file for somebody's own calendar (.ics)."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from icalendar import Alarm, Calendar, Event
from icalendar.enums import TRANSP

from .typed_text import printable

# At nine in the morning of the seventh day before: counted from midnight, it would wake people up.
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
REMINDER = dt.timedelta(hours=9) - dt.timedelta(days=7)


def file(events: Sequence[Event], name: str) -> HttpResponse:
    """Brought in again, the days replace themselves, for their UIDs never change."""
    content: bytes = Calendar.new(prodid=f"-//{settings.BRAND['name']}//FR", subcomponents=events).to_ical()
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def whole_day(
    day: dt.date, *, uid: str, summary: str, description: str, path: str, reminded: bool = False
) -> Event:
    """RFC 5545 gives one without an end a day too, but not every program does. `path` is of the page to open;
    `uid` is unique in this site."""
    host = settings.SITE_URL.partition("://")[2]
    return Event.new(
        uid=f"{uid}@{host}",
        stamp=timezone.now(),
        # Fetched again, it is a newer edition of the same event, whichever way the day moved.
        sequence=int((timezone.now() - EPOCH).total_seconds()),
        summary=printable(summary),
        description=description,
        start=day,
        end=day + dt.timedelta(days=1),
        # A reminder, which keeps nobody busy all day.
        transparency=TRANSP.TRANSPARENT,
        url=settings.SITE_URL + path,
        subcomponents=[_week_before(summary)] if reminded else [],
    )


def _week_before(summary: str) -> Alarm:
    alarm = Alarm.new(description=printable(summary))
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", REMINDER)
    return alarm
