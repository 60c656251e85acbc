"""A child's deadlines as a file for the family's own calendar (.ics)."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Alarm, Calendar, Event
from icalendar.enums import TRANSP

from accounts.models import Beneficiary
from core.money import NBSP
from core.spelling import of_whom
from core.typed_text import printable
from wallets.models import Campaign

# At nine in the morning of the seventh day before: counted from midnight, it would wake people up.
REMINDER = dt.timedelta(hours=9) - dt.timedelta(days=7)


def calendar(beneficiary: Beneficiary, campaigns: Iterable[Campaign]) -> bytes:
    """The days still to come; brought in again, they replace themselves, for their UIDs never change."""
    today = timezone.localdate()
    name = settings.BRAND["name"]
    events = [
        _event(
            f"{name}{NBSP}: dernier jour pour {what} {of_whom(beneficiary.first_name)}", day, uid, beneficiary
        )
        for campaign in campaigns
        for what, day, uid in (
            ("créer un ticket", campaign.last_ticket_on, f"creer-{campaign.pk}"),
            ("utiliser les tickets", campaign.last_validation_on, f"utiliser-{campaign.pk}"),
        )
        if day >= today
    ]
    content: bytes = Calendar.new(prodid=f"-//{name}//FR", subcomponents=events).to_ical()
    return content


def _event(summary: str, day: dt.date, uid: str, beneficiary: Beneficiary) -> Event:
    host = settings.SITE_URL.partition("://")[2]
    alarm = Alarm.new(description=printable(summary))
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", REMINDER)
    return Event.new(
        uid=f"{uid}-{beneficiary.public_id}@{host}",
        stamp=timezone.now(),
        summary=printable(summary),
        start=day,
        # A reminder, which keeps nobody busy all day.
        transparency=TRANSP.TRANSPARENT,
        url=settings.SITE_URL + reverse("tickets:home", args=[beneficiary.public_id]),
        subcomponents=[alarm],
    )
